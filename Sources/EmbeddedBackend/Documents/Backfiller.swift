import Synchronization

/// Runs the backfills of tables, each in a task of its own, in transactions between which others write.
final class Backfiller: Sendable {
    private let storage: Storage
    private let known: Catalogue<DocumentTable>
    private let runs = Mutex(Runs())

    private static let itemsAtOnce = 500
    private static let pauseAfterFailure = Duration.seconds(1)

    init(storage: Storage, known: Catalogue<DocumentTable>) {
        self.storage = storage
        self.known = known
    }

    /// Fills a table's new indexes from its first item on, anew if it was being done.
    func run(_ name: String) {
        runs.withLock { runs in
            runs.tasks[name]?.task.cancel()
            runs.count += 1
            let number = runs.count
            let task = Task {
                await fill(name)
                // Another run may have taken this one's place.
                self.runs.withLock { if $0.tasks[name]?.number == number { $0.tasks[name] = nil } }
            }
            runs.tasks[name] = (number, task)
        }
    }

    func close() {
        for (_, task) in runs.withLock({ $0.tasks.values }) { task.cancel() }
    }

    private struct Runs {
        var tasks: [String: (number: Int, task: Task<Void, Never>)] = [:]
        var count = 0
    }

    private func fill(_ name: String) async {
        var place: EncodedKey?
        while !Task.isCancelled {
            do {
                place = try await storage.writer.run(.durable, bytes: Self.itemsAtOnce * 256) { [place] connection in
                    try connection.backfill(name, after: place, limit: Self.itemsAtOnce)
                }
                if place == nil { return known.changed() }
            } catch {
                // A full disk may have room again. A closed folder goes on with it when it is opened.
                try? await Task.sleep(for: Self.pauseAfterFailure)
            }
        }
    }
}
