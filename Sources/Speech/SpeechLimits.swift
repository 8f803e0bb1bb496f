/// How much one request may ask for.
package enum SpeechLimits {
    /// Characters that are spoken; tags do not count.
    ///
    /// Polly's limit for `SynthesizeSpeech`.
    package static let spokenCharacters = 3_000
    /// Characters in all, SSML tags included.
    ///
    /// Polly's limit too.
    package static let characters = 6_000
    /// Polly stops after ten minutes of speech; here a request for more is refused.
    package static let durationInMilliseconds = 600_000
    /// Speed relative to normal.
    package static let rates = 0.2...2.0
    /// Letters and digits in one word; the longest English word in use has 45.
    package static let wordLength = 120
}
