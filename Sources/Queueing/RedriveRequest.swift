/// Which dead letters go back to the queues they came from, and how fast.
package struct RedriveRequest: Hashable, Sendable {
    /// Only these, if not `nil`.
    package var messages: Set<MessageID>?
    /// At most so many, the oldest first.
    package var maximum: Int
    /// At most so many a second; as fast as the store can when `nil`.
    package var rate: Int?

    package init(messages: Set<MessageID>? = nil, maximum: Int = .max, rate: Int? = nil) {
        self.messages = messages
        self.maximum = maximum
        self.rate = rate
    }
}

/// Keeps to a number of messages a second.
package struct Pace: Sendable {
    private let rate: Int?
    private let start = ContinuousClock.now

    package init(_ rate: Int?) { self.rate = rate }

    /// Waits until one more may go than have gone.
    package func wait(after count: Int) async throws {
        guard let rate else { return }
        try await Task.sleep(until: start + .seconds(1) * count / rate, clock: .continuous)
    }

    /// How many more may go now than have gone: none of them if it is too early for one.
    package func allowance(after count: Int) -> Int {
        guard let rate else { return .max }
        return Int((ContinuousClock.now - start) / .seconds(1) * Double(rate)) + 1 - count
    }
}
