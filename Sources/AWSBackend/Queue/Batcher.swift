/// Joins the calls of several callers into full batches.
///
/// A call that finds a free place goes at once; those that come while all places are taken go together when one becomes
/// free. So nobody waits for company, and under load batches fill by themselves.
actor Batcher<Entry: Sendable, Answer: Sendable> {
    private struct Call {
        let entries: [Entry]
        let answered: CheckedContinuation<[Answer], any Error>
    }

    private let places: Int
    private let weight: @Sendable (Entry) -> Int
    private let maximumWeight: Int
    private let send: @Sendable ([Entry]) async throws -> [Answer]
    private var waiting: [Call] = []
    private var running = 0

    private static var maximumCount: Int { 10 }

    /// - Parameters:
    ///   - places: How many batches are on their way at once.
    ///   - weight: What counts against a batch's limit beside its 10 entries.
    ///   - send: Sends 1 to 10 entries and answers for each, in order.
    init(
        places: Int, maximumWeight: Int = .max, weight: @escaping @Sendable (Entry) -> Int = { _ in 0 },
        send: @escaping @Sendable ([Entry]) async throws -> [Answer]
    ) {
        self.places = places
        self.maximumWeight = maximumWeight
        self.weight = weight
        self.send = send
    }

    /// How many calls wait for a place.
    var waitingCount: Int { waiting.count }

    /// - Parameter entries: 1 to 10 that stay together, in order.
    func submit(_ entries: [Entry]) async throws -> [Answer] {
        try await withCheckedThrowingContinuation { continuation in
            waiting.append(Call(entries: entries, answered: continuation))
            start()
        }
    }

    private func start() {
        while running < places, !waiting.isEmpty {
            let batch = nextBatch()
            running += 1
            Task { await run(batch) }
        }
    }

    private func nextBatch() -> [Call] {
        var count = 0
        var sum = 0
        let fitting = waiting.prefix { call in
            count += call.entries.count
            sum += call.entries.reduce(0) { $0 + weight($1) }
            return count <= Self.maximumCount && sum <= maximumWeight
        }
        // A call that is too much by itself is for the service to refuse.
        let batch = fitting.isEmpty ? waiting.prefix(1) : fitting
        waiting.removeFirst(batch.count)
        return Array(batch)
    }

    private func run(_ batch: [Call]) async {
        do {
            var answers = try await send(batch.flatMap(\.entries))[...]
            for call in batch {
                let own = answers.prefix(call.entries.count)
                answers.removeFirst(own.count)
                call.answered.resume(returning: Array(own))
            }
        } catch {
            for call in batch { call.answered.resume(throwing: error) }
        }
        running -= 1
        start()
    }
}
