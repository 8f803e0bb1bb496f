import Foundation
import JSON
import Reports
import Synchronization
import Workers

/// Items that several threads take from.
private final class ItemQueue: Sendable {
    private let items: Mutex<ArraySlice<ArchiveItem>>

    init(_ items: [ArchiveItem]) { self.items = Mutex(items[...]) }

    func next() -> ArchiveItem? { items.withLock { $0.popFirst() } }
}

/// Scores the items of an archive in several processes, each fed by a thread of its own.
struct ArchiveRun {
    let items: [ArchiveItem]
    let processCount: Int
    let weights: String?
    let results: ResultsFile
    let progress: ArchiveProgress

    /// Returns when every item has its line.
    func finish() async throws {
        let queue = ItemQueue(items)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<min(processCount, max(1, items.count)) {
                group.addTask { try await feed(from: queue) }
            }
            try await group.waitForAll()
        }
    }

    /// Long waits for another process have a thread of their own, off the pool that tasks share.
    private func feed(from queue: ItemQueue) async throws {
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            let thread = Thread {
                done.resume(with: Result { try work(from: queue) })
            }
            thread.start()
        }
    }

    private func work(from queue: ItemQueue) throws {
        var process: ScoringProcess?
        while let item = queue.next() {
            switch item {
            case .problem(let id, let reason):
                try write(AssessedReading.failureJSON(id: id, error: reason).text, failed: true)
            case .entry(let entry):
                let line = try score(entry, in: &process)
                try write(line, failed: line.contains(#""error":"#))
            }
        }
        _ = process?.end()
    }

    /// A process that dies may have been killed from outside: the recording is tried once more in a fresh one.
    private func score(_ entry: ArchiveEntry, in process: inout ScoringProcess?) throws -> String {
        var deaths: [String] = []
        while deaths.count < 2 {
            let current = try process ?? ScoringProcess(weights: weights)
            process = current
            if let line = current.answer(to: entry.json.text) { return line }
            deaths.append(current.end())
            process = nil
        }
        let reason = "Scoring processes died over this recording (\(deaths.joined(separator: ", then ")))."
        return AssessedReading.failureJSON(id: entry.id, error: reason).text
    }

    private func write(_ line: String, failed: Bool) throws {
        try results.append(line)
        progress.advance(failed: failed)
    }
}
