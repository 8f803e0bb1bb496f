/// A rate in espeak-ng's terms.
///
/// espeak-ng speaks 80 to 450 words a minute, 175 normally, so it covers rates from 0.46 to 2.57. Below 0.46 the words
/// stay at 80 a minute and the pauses between them grow, until the whole lasts as long as the rate asks for: learners
/// hear slower speech, not slurred speech.
struct EspeakSpeed: Hashable, Sendable {
    var wordsPerMinute: Int32
    /// Extra pause between words, in espeak-ng's units.
    var wordGap: Int32

    private static let normal = 175.0
    private static let slowest = 80.0
    init(rate: Double, language: SpokenLanguage) {
        let wanted = Self.normal * rate
        let missing = max(0, Self.slowest / wanted - 1)
        wordsPerMinute = Int32(max(Self.slowest, wanted).rounded())
        wordGap = Int32((Self.gapThatDoubles(language) * missing).rounded())
    }

    /// Units of gap that make speech of 80 words a minute last about twice as long, measured.
    ///
    /// Korean has fewer and longer words, and espeak-ng puts no gap before those that begin with ㄴ or ㅁ.
    private static func gapThatDoubles(_ language: SpokenLanguage) -> Double {
        switch language {
        case .en: 20
        case .ko: 40
        }
    }
}
