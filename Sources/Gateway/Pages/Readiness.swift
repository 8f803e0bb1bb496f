/// Whether work can be done.
///
/// Probes have no keys, so however often they come it is looked once a second at most.
actor Readiness {
    private let look: @Sendable () async -> String?
    private var latest: (problem: String?, until: ContinuousClock.Instant)?
    private var running: Task<String?, Never>?

    private static let validity = Duration.seconds(1)

    init(_ look: @escaping @Sendable () async -> String?) { self.look = look }

    /// Why it cannot; `nil` where it can.
    func problem() async -> String? {
        if let latest, ContinuousClock.now < latest.until { return latest.problem }
        let task = running ?? Task { [look] in await look() }
        running = task
        let problem = await task.value
        latest = (problem, ContinuousClock.now + Self.validity)
        running = nil
        return problem
    }
}
