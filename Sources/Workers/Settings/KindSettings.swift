package import SpeakModel

/// How jobs of one kind are tried.
package struct KindSettings: Hashable, Sendable {
    /// How often a job is tried before it has failed for good.
    package var attempts: Int
    package var retryPolicy: RetryPolicy
    /// How long one attempt may take.
    package var timeout: Duration
    /// How old a job may be when it is begun: older ones are dropped. No bound when `nil`.
    package var deadline: Duration?
    /// How many jobs of the kind a process begins in a second. No bound when `nil`.
    package var ratePerSecond: Double?
    /// How many workers a job may kill before it is put away.
    package var deaths: Int

    package init(
        attempts: Int = 5, retryPolicy: RetryPolicy = RetryPolicy(), timeout: Duration = .seconds(60),
        deadline: Duration? = nil, ratePerSecond: Double? = nil, deaths: Int = 3
    ) {
        self.attempts = attempts
        self.retryPolicy = retryPolicy
        self.timeout = timeout
        self.deadline = deadline
        self.ratePerSecond = ratePerSecond
        self.deaths = deaths
    }

    /// What holds for a kind that nothing is said of.
    package static func standard(for kind: JobKind) -> KindSettings {
        switch kind {
        case .sentenceSynthesize, .feedbackSynthesize, .pronunciationScore, .conversationAnalyze: KindSettings()
        // A day of everybody, and a chunk of an archive, are many rows and many recordings.
        case .statisticsAggregate: KindSettings(timeout: .seconds(600))
        case .archiveRescore: KindSettings(timeout: .seconds(3600))
        }
    }

    init(_ kind: JobKind, _ object: inout SettingsObject) throws(SettingsError) {
        self = .standard(for: kind)
        attempts = try object.integer("attempts", in: 1...100) ?? attempts
        retryPolicy.base = try object.seconds("backoff_base_seconds", in: 0.1...900) ?? retryPolicy.base
        retryPolicy.cap = try object.seconds("backoff_cap_seconds", in: 0.1...900) ?? retryPolicy.cap
        timeout = try object.seconds("timeout_seconds", in: 0.1...36_000) ?? timeout
        deadline = try object.seconds("deadline_seconds", in: 1...1_209_600)
        ratePerSecond = try object.number("rate_per_second", in: 0.001...100_000)
        deaths = try object.integer("deaths", in: 1...100) ?? deaths
        if retryPolicy.cap < retryPolicy.base {
            throw SettingsError(
                path: object.path(to: "backoff_cap_seconds"), problem: "must not be less than backoff_base_seconds")
        }
    }
}
