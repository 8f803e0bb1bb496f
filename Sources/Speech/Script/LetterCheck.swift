/// Watches the letters of a text, to tell whether a voice can read it.
struct LetterCheck {
    private let voice: Voice
    private var hasOwnLetters = false
    private var hasOtherLetters = false

    init(voice: Voice) { self.voice = voice }

    /// English voices read Latin letters.
    ///
    /// Korean ones read Hangul, and Latin letters among it (`KBS 뉴스`),
    /// as far as those are English.
    mutating func check(_ text: some Sequence<Unicode.Scalar>) throws(SpeechError) {
        for scalar in text {
            guard let system = WritingSystem(of: scalar) else { continue }
            switch (voice.spokenLanguage, system) {
            case (.en, .latin), (.ko, .hangul): hasOwnLetters = true
            case (.ko, .latin) where scalar.isASCII: hasOtherLetters = true
            default: throw mismatch(sample: String(scalar))
            }
        }
    }

    /// Call once all text was seen: a Korean voice wants one Korean letter, unless there are only digits.
    func finish() throws(SpeechError) {
        if hasOtherLetters && !hasOwnLetters { throw mismatch(sample: nil) }
    }

    private func mismatch(sample: String?) -> SpeechError {
        let language = "\(voice.spokenLanguage.name) (\(voice.language))"
        return .languageMismatch(voice: voice.id, language: language, sample: sample)
    }
}
