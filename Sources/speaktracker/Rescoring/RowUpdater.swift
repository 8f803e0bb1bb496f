import Archives
import Documents
import Synchronization
import Workers

/// Lets rows of PronunciationResults follow their new scores, each once.
final class RowUpdater: Sendable {
    /// How many rows were written, were not to be written, and were not there.
    struct Counts: Hashable {
        var written = 0
        var unchanged = 0
        var missing = 0
    }

    private let documents: any DocumentStore
    private let ledger: RescoringLedger
    private let scorerName: String
    private let state = Mutex(Counts())

    var counts: Counts { state.withLock { $0 } }

    init(documents: any DocumentStore, ledger: RescoringLedger, scorerName: String) {
        (self.documents, self.ledger, self.scorerName) = (documents, ledger, scorerName)
    }

    /// Whether an entry has a row that another scorer wrote.
    func isBehind(_ entry: ArchiveEntry) async throws -> Bool {
        guard let row = try await entry.storedRow(in: documents) else { return false }
        return row["scorer"] != .string(scorerName)
    }

    func row(of entry: ArchiveEntry) async throws -> Item? {
        guard entry.row != nil else { return nil }
        let row = try await entry.storedRow(in: documents)
        if row == nil { state.withLock { $0.missing += 1 } }
        return row
    }

    func update(_ row: RescoredRow) async throws {
        let isWritten = try await ledger.commit([row], to: documents)
        state.withLock { isWritten ? ($0.written += 1) : ($0.unchanged += 1) }
    }
}
