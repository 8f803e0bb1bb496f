/// Whether work can be done.
///
/// Probes have no keys, so however often they come it is looked once a second at most.
actor Readiness {
    private let look: @Sendable () async -> String?
    private var latest: (problem: String?, until: ContinuousClock.Instant)?
    private var running: Task<String?, Never>?

    private static let validity = Duration.seconds(1)
    /// What takes longer is answered as not ready, and goes on.
    private let patience: Duration

    init(_ look: @escaping @Sendable () async -> String?, patience: Duration = .seconds(5)) {
        self.look = look
        self.patience = patience
    }

    /// Why it cannot; `nil` where it can.
    func problem() async -> String? {
        if let latest, ContinuousClock.now < latest.until { return latest.problem }
        let task = running ?? Task { await lookNow() }
        running = task
        let (answers, answer) = AsyncStream.makeStream(of: String?.self)
        Task { answer.yield(await task.value) }
        let waiting = Task {
            try await Task.sleep(for: patience)
            answer.yield("The store has not answered in \(patience.components.seconds) s.")
        }
        defer { waiting.cancel() }
        return await answers.first { _ in true } ?? nil
    }

    private func lookNow() async -> String? {
        let problem = await look()
        latest = (problem, ContinuousClock.now + Self.validity)
        running = nil
        return problem
    }
}
