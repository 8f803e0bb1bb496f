/// Growing pauses between calls of a store that does not answer: exponential, with full jitter.
struct Backoff {
    private var longest: Duration
    private let cap: Duration

    init(from first: Duration, to cap: Duration) {
        longest = first
        self.cap = cap
    }

    mutating func next() -> Duration {
        defer { longest = min(cap, longest * 2) }
        return longest * Double.random(in: 0.5...1)
    }
}
