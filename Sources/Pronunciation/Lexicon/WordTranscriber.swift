/// Says how a word is read that no dictionary has.
package protocol WordTranscriber: Sendable {
    /// The word in the International Phonetic Alphabet with `_` between sounds; empty when it cannot be read.
    func transcribe(_ word: String) async throws -> String
}
