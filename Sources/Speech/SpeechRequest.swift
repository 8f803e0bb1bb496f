/// What to say, and how.
///
/// Equal requests sound alike, so one may stand for another in a cache.
package struct SpeechRequest: Hashable, Sendable {
    package var text: String
    package var textType: TextType
    package var voice: Voice
    /// Speed relative to the voice's own, 0.2 to 2: Polly's `<prosody rate="20%">` to `"200%"`.
    package var rate: Double

    package init(text: String, textType: TextType = .text, voice: Voice, rate: Double = 1) {
        self.text = text
        self.textType = textType
        self.voice = voice
        self.rate = rate
    }
}
