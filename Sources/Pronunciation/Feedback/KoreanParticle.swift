/// A Korean particle that takes one form after a consonant and another after a vowel.
enum KoreanParticle: String, CaseIterable {
    /// 을 or 를.
    case object = "을"
    /// 이 or 가.
    case subject = "이"
    /// 은 or 는.
    case topic = "은"
    /// 과 or 와.
    case with = "과"
    /// 으로 or 로; 로 also after ㄹ.
    case direction = "으로"

    /// The form that follows `word`, judged by its last letter or digit.
    ///
    /// Hangul says it exactly. A Latin word goes by how Koreans write its sound in Hangul, see ``LatinFinal``; other
    /// scripts take the vowel form.
    func form(after word: String) -> String {
        switch (self, Self.final(of: word)) {
        case (.direction, .consonant): "으로"
        case (.direction, _): "로"
        case (_, .vowel): openForm
        default: rawValue
        }
    }

    private var openForm: String {
        switch self {
        case .object: "를"
        case .subject: "가"
        case .topic: "는"
        case .with: "와"
        case .direction: "로"
        }
    }

    enum Final { case vowel, consonant, rieul }

    static func final(of word: String) -> Final {
        guard let last = word.last(where: { $0.isLetter || $0.isNumber }), let scalar = last.unicodeScalars.first
        else { return .vowel }
        if Hangul.isSyllable(scalar) {
            let coda = Hangul.parts(of: scalar).coda
            return coda == 0 ? .vowel : coda == 8 ? .rieul : .consonant
        }
        if let digit = last.wholeNumberValue { return digits[digit % 10] }
        return LatinFinal.final(of: word)
    }

    /// 영 일 이 삼 사 오 육 칠 팔 구.
    private static let digits: [Final] = [
        .consonant, .rieul, .vowel, .consonant, .vowel, .vowel, .consonant, .rieul, .rieul, .vowel,
    ]
}
