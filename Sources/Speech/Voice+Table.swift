extension Voice {
    static let joanna = woman("Joanna", "en-US", pitch: 62)
    static let seoyeon = woman("Seoyeon", "ko-KR", pitch: 62)

    /// Every voice a job may name, and the only place that says how one sounds.
    ///
    /// At a pitch of 62 the women's median is 193 Hz; the men's is 90 to 110 Hz, the children's 155 to 240 Hz.
    /// The variants are those with `flutter 0`: with them a request lasts exactly as long each time it is spoken.
    package static let all: [Voice] = [
        joanna,
        woman("Salli", "en-US", pitch: 68),
        woman("Kendra", "en-US", pitch: 54),
        woman("Kimberly", "en-US", pitch: 59),
        woman("Ruth", "en-US", pitch: 57),
        woman("Danielle", "en-US", pitch: 65),
        woman("Ivy", "en-US", pitch: 88),
        man("Matthew", "en-US", "Diogo", pitch: 50),
        man("Joey", "en-US", "michel", pitch: 54),
        man("Stephen", "en-US", "Hugo", pitch: 48),
        man("Gregory", "en-US", "Denis", pitch: 42),
        man("Justin", "en-US", "miguel", pitch: 90),
        man("Kevin", "en-US", "Diogo", pitch: 95),

        woman("Amy", "en-GB", pitch: 62),
        woman("Emma", "en-GB", pitch: 56),
        man("Brian", "en-GB", "Diogo", pitch: 48),
        man("Arthur", "en-GB", "michel", pitch: 50),
        man("Geraint", "en-GB-WLS", "Hugo", pitch: 52),

        woman("Nicole", "en-AU", pitch: 65),
        woman("Olivia", "en-AU", pitch: 58),
        man("Russell", "en-AU", "miguel", pitch: 46),
        woman("Aditi", "en-IN", pitch: 68),
        woman("Raveena", "en-IN", pitch: 60),
        woman("Kajal", "en-IN", pitch: 70),
        woman("Niamh", "en-IE", pitch: 66),
        woman("Aria", "en-NZ", pitch: 63),
        woman("Ayanda", "en-ZA", pitch: 54),

        seoyeon,
        woman("Jihye", "ko-KR", pitch: 70),
    ]

    private static func woman(_ id: String, _ language: String, pitch: Int32) -> Voice {
        Voice(
            id: id, language: language, gender: .female,
            espeakLanguage: espeakLanguage(for: language), espeakVariant: "shelby", espeakPitch: pitch
        )
    }

    private static func man(_ id: String, _ language: String, _ variant: String, pitch: Int32) -> Voice {
        Voice(
            id: id, language: language, gender: .male,
            espeakLanguage: espeakLanguage(for: language), espeakVariant: variant, espeakPitch: pitch
        )
    }

    /// The nearest accent espeak-ng has: it knows no Australian, Indian, Irish, Welsh or other English by name.
    private static func espeakLanguage(for language: String) -> String {
        switch language {
        case "ko-KR": "ko"
        case "en-US": "en-us"
        default: "en-gb"
        }
    }
}
