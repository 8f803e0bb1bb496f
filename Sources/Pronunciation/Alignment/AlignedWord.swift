/// What became of one word: of the sentence, or of what was said beyond it.
package struct AlignedWord: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// Said as written, or as it may also be written or read.
        case matched
        /// Said in part, or as another word that sounds alike; counts as spoken.
        case replaced
        /// Not said.
        case missed
        /// Said, but not in the sentence.
        case extra
    }

    /// As in the sentence without punctuation; for an extra word, as in the transcript.
    package let text: String
    /// What was said for it; `nil` for a missed word.
    package let spoken: String?
    package let kind: Kind
    /// 0...100: 100 for a matched word, 0 for a missed or extra one.
    package let accuracyScore: Double

    package init(text: String, spoken: String?, kind: Kind, accuracyScore: Double) {
        (self.text, self.spoken, self.kind, self.accuracyScore) = (text, spoken, kind, accuracyScore)
    }

    package var isReferenceWord: Bool { kind != .extra }
    package var isSpokenReferenceWord: Bool { kind == .matched || kind == .replaced }
}
