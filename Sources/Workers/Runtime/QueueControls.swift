/// What an operator tells all workers of a queue while they run, by tags of the queue.
package struct QueueControls: Hashable, Sendable {
    /// Whether no more jobs are begun.
    package var isPaused: Bool
    /// How many jobs each process works on at a time, in place of its settings.
    package var concurrency: Int?

    package init(isPaused: Bool = false, concurrency: Int? = nil) {
        self.isPaused = isPaused
        self.concurrency = concurrency
    }

    package static let pausedTag = "speaktracker:paused"
    package static let concurrencyTag = "speaktracker:concurrency"

    /// A concurrency that is no number, or none that is allowed, is as if it were not there: anybody can set tags.
    package init(_ tags: [String: String]) {
        isPaused = tags[Self.pausedTag] == "true"
        concurrency = tags[Self.concurrencyTag].flatMap { Int($0) }
            .flatMap { QueueSettings.concurrencies.contains($0) ? $0 : nil }
    }

    /// The changes of tags that say this.
    package var tags: [String: String?] {
        [Self.pausedTag: isPaused ? "true" : nil, Self.concurrencyTag: concurrency.map(String.init)]
    }
}
