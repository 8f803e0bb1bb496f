import Testing

@testable import Pronunciation

@Suite struct FeedbackTests {
    private func feedback(
        _ reference: String, _ transcript: String, pace: Double? = 1, density: Double? = 0.8
    ) -> Feedback {
        let alignment = WordAlignment.align(reference: reference, transcript: transcript)
        return Feedback(alignment: alignment, paceRatio: pace, netSpeakingDensity: density)
    }

    @Test(
        "it names what was left out, heard otherwise, added or repeated",
        arguments: [
            ("I went to the big school.", "I went to the school", ["“big”"]),
            ("The ship is here.", "the sheep is here", ["“ship”", "“sheep”"]),
            ("I went home.", "I went home today", ["“today”"]),
            ("I went home.", "I went went home", ["“went”"]),
            ("I went to my school.", "I want to school", ["“my”", "“went”", "“want”"]),
        ])
    func naming(_ reference: String, _ transcript: String, _ named: [String]) {
        let feedback = feedback(reference, transcript)
        for word in named {
            #expect(feedback.korean.contains(word), "\(feedback.text)")
            #expect(feedback.english.contains(word), "\(feedback.text)")
        }
    }

    @Test("three words are named at most, each once and none at length")
    func bounded() {
        let long = String(repeating: "x", count: 5000)
        let feedback = feedback(
            "one two three four five \(long) six seven eight nine ten eleven twelve",
            "six seven eight nine ten eleven twelve")
        #expect(feedback.english.contains("“one”, “two” and “three”"))
        #expect(!feedback.english.contains("four"))
        #expect(self.feedback("a \(long)", "a").text.count < 300)
    }

    @Test("a word that looks like a place to fill is left alone")
    func hostileWords() {
        let feedback = feedback("say {words} and {heard:을} now", "say and now")
        #expect(feedback.english.contains("“words”") && feedback.english.contains("“heard”"))
        #expect(!feedback.text.contains("{") && !feedback.text.contains("}"))
        #expect(Template.fill("{a} {b:을} {a:이}", with: ["a": "{b}"]) == "{b} {b:을} {b}가")
    }

    @Test("pace and pauses are the second thing said, and the first when all words were right")
    func flow() {
        let perfect = feedback("I went home.", "I went home")
        #expect(FeedbackTemplate.allRight.variants.contains(perfect))
        for (pace, density, template) in [
            (2.0, 0.8, FeedbackTemplate.tooFast), (0.5, 0.8, .tooSlow), (1, 0.3, .longPauses), (0.5, 0.3, .longPauses),
        ] {
            let said = feedback("I went home.", "I went home", pace: pace, density: density)
            #expect(
                template.variants.contains { said.english.hasSuffix($0.english) && said.korean.hasSuffix($0.korean) })
            let missed = feedback("I went home today.", "I went home", pace: pace, density: density)
            #expect(
                template.variants.contains { missed.korean.hasSuffix($0.korean) } && missed.korean.contains("“today”"))
        }
        #expect(feedback("I went home.", "I went home", pace: nil, density: nil) == perfect)
    }

    @Test("when little or nothing was read, that alone is said")
    func littleRead() {
        let nothing = feedback("I went home.", "", pace: 0.1, density: 0.1)
        #expect(FeedbackTemplate.nothingSpoken.variants.contains(nothing))
        let little = feedback("one two three four five", "two", pace: 0.1, density: 0.1)
        #expect(FeedbackTemplate.mostlyMissed.variants.contains(little))
    }

    @Test("hesitations are told from added words")
    func hesitation() {
        let feedback = feedback("I went home.", "um I went uh home")
        #expect(FeedbackTemplate.hesitated.variants.contains(feedback))
    }

    @Test("different sentences get different words, the same sentence always the same")
    func variety() {
        let places = ["home", "school", "Seoul", "Busan", "work", "church", "town", "bed", "Jeju", "Europe"]
        let said = places.map { feedback("I went to \($0).", "I went to \($0)") }
        #expect(Set(said).count == FeedbackTemplate.allRight.variants.count)
        #expect(said == places.map { feedback("I went to \($0).", "I went to \($0)") })
    }

    @Test("every template fills the same places in both languages", arguments: FeedbackTemplate.allCases)
    func templates(_ template: FeedbackTemplate) {
        #expect(template.variants.count >= 2)
        for variant in template.variants {
            for place in ["words", "word", "heard", "sound", "how"] {
                let isInKorean = variant.korean.contains("{\(place):") || variant.korean.contains("{\(place)}")
                #expect(isInKorean == variant.english.contains("{\(place)}"), "\(variant)")
            }
            let particles = variant.korean.split(separator: "{").dropFirst().compactMap {
                $0.split(separator: "}").first
            }
            for place in particles where place.contains(":") {
                #expect(KoreanParticle(rawValue: String(place.split(separator: ":")[1])) != nil, "\(variant.korean)")
            }
        }
    }
}
