/// One word of a text and every way to say it.
///
/// "I'm" is one word with the readings `i am` and `im`; "21" has `twenty one`, `two one` and `21`.
package struct TextWord: Hashable, Sendable {
    /// The word as its reader sees it, without the punctuation around it.
    package let text: String
    /// At least one reading, each of at least one plain token; the first is how it is usually said.
    ///
    /// Tokens are lower case without punctuation, in American spelling, and words that sound the same are one token.
    package let readings: [[String]]
    /// The word as one plain token, in its own spelling.
    let asWritten: String
}
