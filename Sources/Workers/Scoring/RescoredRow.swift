package import Documents
import SpeakModel

/// A row of PronunciationResults as another scorer would have written it.
package struct RescoredRow: Sendable {
    /// The whole row.
    package let attributes: Item

    package init(attributes: Item) { self.attributes = attributes }

    /// - Parameters:
    ///   - row: The row as it is; what a scorer does not say stays.
    ///   - found: What `pronunciation.score` would write.
    init(replacing row: Item, by found: Item) {
        let kept = row.filter { !Self.unlessFound.contains($0.key) && $0.key != "job_id" && $0.key != "s3key" }
        var attributes = kept.merging(found) { $1 }
        // Nobody has done another job, or moved the recording.
        (attributes["job_id"], attributes["s3key"]) = (row["job_id"], row["s3key"])
        self.attributes = attributes
    }

    /// What another scorer may have found and this one did not.
    private static let unlessFound: Set = ["pace_ratio"]

    var key: Item { attributes.filter { $0.key == "student_email" || $0.key == "timestamp" } }
    var studentEmail: String { attributes["student_email"]?.string ?? "" }
    var timestamp: String { attributes["timestamp"]?.string ?? "" }

    /// Whether a row still is what was scored, and no scorer of this version has written it yet.
    func follows(_ row: Item?) -> Bool {
        guard let row else { return false }
        return row["job_id"] == attributes["job_id"] && row["scorer"] != attributes["scorer"]
    }

    /// The job that would write the row today.
    static func payload(of row: Item, text: String) -> PronunciationScore {
        PronunciationScore(
            studentEmail: row["student_email"]?.string ?? "", timestamp: row["timestamp"]?.string ?? "",
            originalText: text, s3Key: row["s3key"]?.string ?? "", sentenceID: row["sentence_id"]?.string,
            transcribedText: schoolsTranscript(of: row), sessionTimestamp: row["session_timestamp"]?.string)
    }

    /// What the school's speech recognition heard, unless the row's transcript is what a scorer found spoken: words that
    /// were aligned with a transcript say how they were `spoken`.
    private static func schoolsTranscript(of row: Item) -> String? {
        guard let words = row["words"]?.list, !words.isEmpty else { return row["transcribed_text"]?.string }
        let isAligned = words.contains { $0.map?["spoken"] != nil }
        return isAligned ? row["transcribed_text"]?.string : nil
    }
}
