import Archives
import Documents
import Foundation
import JSON
import Workers

/// Scores the items of an archive in several processes.
struct ArchiveRun {
    let source: any ArchiveSource
    /// What has a line already.
    let finished: FinishedResults
    let results: ResultsFile
    let pool: ScoringPool
    let loader: AudioLoader
    let updater: RowUpdater?
    let progress: ArchiveProgress
    let stop: StopRequest
    /// Items in hand at a time: some more than processes, so that none of them waits for a recording to be fetched.
    let itemsInHand: Int

    /// Returns when every item has its line, or what was in hand when stopping was asked for.
    func finish() async throws {
        var reader = try await source.makeReader()
        try await withThrowingTaskGroup(of: Void.self) { group in
            var inHand = 0
            while !stop.isMade, let item = try await reader.next() {
                let state = finished.state(of: item)
                guard state == .missing || (state == .finished && updater != nil) else { continue }
                if inHand == itemsInHand {
                    try await group.next()
                    inHand -= 1
                }
                group.addTask { state == .missing ? try await work(on: item) : try await bringUpToDate(item) }
                inHand += 1
            }
            try await group.waitForAll()
        }
        await pool.close()
    }

    private func work(on item: ArchiveItem) async throws {
        var row: Item?
        if case .entry(let entry) = item { row = try await updater?.row(of: entry) }
        guard let scored = try await score(item, replacing: row) else { return }
        // First the row, then the line: who is killed in between does it again, and a row is written once.
        if row != nil { try await updater?.update(scored.row) }
        try results.append(scored.line)
        progress.advance(failed: ResultLine.isFailure(scored.line))
    }

    /// An item that has its line from a run that was not told to write rows.
    private func bringUpToDate(_ item: ArchiveItem) async throws {
        var hasFailed = false
        if case .entry(let entry) = item, let row = try await updater?.rowBehind(entry) {
            guard let scored = try await score(item, replacing: row) else { return }
            try await updater?.update(scored.row)
            hasFailed = scored.row == nil
        }
        progress.advance(failed: hasFailed)
    }

    private func score(_ item: ArchiveItem, replacing row: Item?) async throws -> ScoredEntry? {
        switch item {
        case .problem(let id, let reason): return .failed(id, reason)
        case .entry(let entry):
            guard case .object = entry.place else { return try await score(ScoringRequest(entry: entry, row: row)) }
            switch try await loader.bytes(of: entry) {
            case .failure(let error): return .failed(entry.id, error.description)
            case .success(let bytes): return try await score(ScoringRequest(entry: entry, audio: bytes, row: row))
            }
        }
    }

    /// A process that dies may have been killed from outside: the recording is tried once more in a fresh one.
    ///
    /// - Returns: `nil` when processes die since everything is being stopped.
    private func score(_ request: ScoringRequest) async throws -> ScoredEntry? {
        var deaths: [String] = []
        while deaths.count < 2 {
            let process = try await pool.borrow()
            if let answer = await process.answer(to: request) {
                await pool.giveBack(process)
                return answer
            }
            deaths.append(await process.end())
            await pool.discard()
            if stop.isMade { return nil }
        }
        return .failed(
            request.entry.id,
            "Scoring processes died over this recording (\(deaths.joined(separator: ", then "))).")
    }
}
