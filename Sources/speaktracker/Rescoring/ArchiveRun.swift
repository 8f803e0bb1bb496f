import Foundation
import JSON
import Reports
import Synchronization
import Workers

/// Scores the items of an archive in several processes, each fed by a thread of its own.
struct ArchiveRun {
    let items: [ArchiveItem]
    let processCount: Int
    let results: ResultsFile
    let progress: ArchiveProgress

    /// Returns when every item has its line.
    func finish() async throws {
        let queue = Mutex(items[...])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<min(processCount, max(1, items.count)) {
                group.addTask { try await feed(from: { queue.withLock { $0.popFirst() } }) }
            }
            try await group.waitForAll()
        }
    }

    /// Long waits for another process have a thread of their own, off the pool that tasks share.
    private func feed(from next: @escaping @Sendable () -> ArchiveItem?) async throws {
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            let thread = Thread {
                done.resume(with: Result { try work(from: next) })
            }
            thread.start()
        }
    }

    private func work(from next: () -> ArchiveItem?) throws {
        var process: ScoringProcess?
        while let item = next() {
            switch item {
            case .problem(let id, let reason):
                try write(AssessedReading.failureJSON(id: id, error: reason).text, failed: true)
            case .entry(let entry):
                let current = try process ?? ScoringProcess()
                process = current
                if let line = current.answer(to: entry.json.text) {
                    try write(line, failed: line.contains(#""error":"#))
                } else {
                    let reason = "The scoring process died over this recording (\(current.end()))."
                    process = nil
                    try write(AssessedReading.failureJSON(id: entry.id, error: reason).text, failed: true)
                }
            }
        }
        _ = process?.end()
    }

    private func write(_ line: String, failed: Bool) throws {
        try results.append(line)
        progress.advance(failed: failed)
    }
}
