package import Documents
import SpeakModel

/// What another scorer found of a row of PronunciationResults, which the row shall say from now on.
package struct RescoredRow: Sendable {
    /// The row's key, its `job_id` as it was when the recording was scored, and what the scorer says; nothing that
    /// others write.
    package let attributes: Item

    package init(attributes: Item) { self.attributes = attributes }

    /// - Parameters:
    ///   - row: The row as it is.
    ///   - found: What `pronunciation.score` would write.
    init(replacing row: Item, by found: Item) {
        var attributes = found.filter { !Self.ofTheJob.contains($0.key) }
        for name in Self.key + ["job_id"] { attributes[name] = row[name] }
        self.attributes = attributes
    }

    private static let key = ["student_email", "timestamp"]

    /// What the job brought, not the scorer: nobody has done another job, or moved the recording.
    private static let ofTheJob: Set = ["job_id", "s3key", "sentence_id", "session_timestamp"]

    /// What another scorer may have found and this one did not.
    private static let unlessFound = ["pace_ratio", "accuracy_score", "fluency_score", "prosody_score", "scorer"]

    var key: Item { attributes.filter { Self.key.contains($0.key) } }
    var studentEmail: String { attributes["student_email"]?.string ?? "" }
    var timestamp: String { attributes["timestamp"]?.string ?? "" }

    /// What the scorer says.
    private var found: Item { attributes.filter { $0.key != "job_id" && !Self.key.contains($0.key) } }

    private var absent: [String] { Self.unlessFound.filter { attributes[$0] == nil } }

    /// A row as it becomes.
    func replaced(_ row: Item) -> Item {
        row.filter { !absent.contains($0.key) }.merging(found) { $1 }
    }

    /// Changes the scorer's own attributes: others may write theirs meanwhile.
    func update(at now: Timestamp) -> UpdateExpression {
        var update = UpdateExpression.set(found.merging(["rescored_at": .string(now.iso8601)]) { $1 })
        update.remove = absent.map { DocumentPath($0) }
        return update
    }

    /// Whether a row still is what was scored, and no scorer of this version has written it yet.
    func follows(_ row: Item?) -> Bool {
        guard let row else { return false }
        return row["job_id"] == attributes["job_id"] && row["scorer"] != attributes["scorer"]
    }

    /// The job that would write the row today.
    static func payload(of row: Item, text: String, transcript: String?) -> PronunciationScore {
        PronunciationScore(
            studentEmail: row["student_email"]?.string ?? "", timestamp: row["timestamp"]?.string ?? "",
            originalText: text, s3Key: row["s3key"]?.string ?? "", sentenceID: row["sentence_id"]?.string,
            transcribedText: transcript, sessionTimestamp: row["session_timestamp"]?.string)
    }
}
