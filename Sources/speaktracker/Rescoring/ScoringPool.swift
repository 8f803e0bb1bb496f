/// Scoring processes, lent to one recording at a time.
actor ScoringPool {
    private let limit: Int
    private let weights: String?
    private var idle: [ScoringProcess] = []
    private var lent = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(limit: Int, weights: String?) { (self.limit, self.weights) = (limit, weights) }

    /// Waits for a process that is free; starts one while there are fewer than the limit.
    ///
    /// - Throws: What starting a process throws.
    func borrow() async throws -> ScoringProcess {
        while idle.isEmpty, lent == limit {
            await withCheckedContinuation { waiting.append($0) }
        }
        let process = try idle.popLast() ?? ScoringProcess(weights: weights)
        lent += 1
        return process
    }

    func giveBack(_ process: ScoringProcess) {
        idle.append(process)
        release()
    }

    /// For one that has died.
    func discard() { release() }

    private func release() {
        lent -= 1
        if !waiting.isEmpty { waiting.removeFirst().resume() }
    }

    /// Ends the processes that nobody uses.
    func close() async {
        for process in idle { _ = await process.end() }
        idle = []
    }
}
