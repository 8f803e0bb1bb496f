import Archives
import Documents
import Synchronization
import Workers

/// Lets rows of PronunciationResults follow their new scores, each once.
final class RowUpdater: Sendable {
    /// What became of the rows.
    struct Counts: Hashable, CustomStringConvertible {
        var written = 0
        /// Were not to be written.
        var unchanged = 0
        /// Named by a recording, and not in the table.
        var missing = 0
        /// Recordings that name no row.
        var unnamed = 0
        /// Whose recordings could not be scored.
        var failed = 0

        var description: String {
            var text = "Rows: \(written) written, \(unchanged) were so before, \(missing) are not there"
            if failed > 0 { text += ", \(failed) stay since their recordings cannot be scored" }
            text += "."
            guard unnamed > 0 else { return text }
            return text + " \(unnamed) recordings name no row: that takes student_email, and timestamp in ISO 8601."
        }
    }

    private let documents: any DocumentStore
    private let ledger: RescoringLedger
    private let scorerName: String
    private let state = Mutex(Counts())

    var counts: Counts { state.withLock { $0 } }

    init(documents: any DocumentStore, ledger: RescoringLedger, scorerName: String) {
        (self.documents, self.ledger, self.scorerName) = (documents, ledger, scorerName)
    }

    /// An entry's row, if another scorer wrote it.
    func rowBehind(_ entry: ArchiveEntry) async throws -> Item? {
        guard let row = try await row(of: entry) else { return nil }
        guard row["scorer"] == .string(scorerName) else { return row }
        state.withLock { $0.unchanged += 1 }
        return nil
    }

    func row(of entry: ArchiveEntry) async throws -> Item? {
        guard entry.row != nil else {
            state.withLock { $0.unnamed += 1 }
            return nil
        }
        let row = try await entry.storedRow(in: documents)
        if row == nil { state.withLock { $0.missing += 1 } }
        return row
    }

    /// - Parameter row: What was found, or `nil` where the recording of a row could not be scored.
    func update(_ row: RescoredRow?) async throws {
        guard let row else { return state.withLock { $0.failed += 1 } }
        let isWritten = try await ledger.commit([row], to: documents)
        state.withLock { isWritten ? ($0.written += 1) : ($0.unchanged += 1) }
    }
}
