/// A word of a sentence, and the ways to say it.
package struct PronouncedWord: Hashable, Sendable {
    /// More are not tried: each costs time, and rare ones let wrong sounds pass.
    package static let mostPronunciations = 4

    /// As its reader sees it, without the punctuation around it.
    package let text: String
    /// At least one, each of at least one phone.
    package let pronunciations: [[Phone]]

    package init(text: String, pronunciations: [[Phone]]) {
        precondition(!pronunciations.isEmpty && pronunciations.allSatisfy { !$0.isEmpty }, "A word has sounds.")
        (self.text, self.pronunciations) = (text, pronunciations)
    }
}
