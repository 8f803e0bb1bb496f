package import Documents

/// What the school's own speech recognition heard, as rows of PronunciationResults keep it.
package enum SchoolTranscript {
    /// `nil` where the row's transcript is what a scorer found spoken: only words that were aligned with the school's say
    /// how they were `spoken`.
    package static func text(of row: Item) -> String? {
        guard let words = row["words"]?.list, !words.isEmpty else { return row["transcribed_text"]?.string }
        let isAligned = words.contains { $0.map?["spoken"] != nil }
        return isAligned ? row["transcribed_text"]?.string : nil
    }
}
