import Testing

@testable import Pronunciation

@Suite("Feedback on sounds")
struct SoundFeedbackTests {
    private func feedback(_ assessment: Assessment, pace: Double? = 1, density: Double? = 0.8) -> Feedback {
        Feedback(assessment: assessment, paceRatio: pace, netSpeakingDensity: density)
    }

    /// "think very light", each phone with its score.
    private func reading(_ scores: [String: [Double]], missed: [String] = [], extra: Bool = false) -> Assessment {
        .of(
            [
                ("think", [.th, .ih, .ng, .k]), ("very", [.v, .eh, .r, .iy]), ("light", [.l, .ay, .t]),
            ].map { ($0.0, missed.contains($0.0) ? nil : Array(zip($0.1, scores[$0.0] ?? [90, 90, 90, 90]))) },
            extra: extra ? [[.ah, .m]] : [])
    }

    @Test("a perfect reading is praised")
    func praise() {
        #expect(FeedbackTemplate.allRight.variants.contains(feedback(reading([:]))))
        let slow = feedback(reading([:]), pace: 0.4)
        #expect(FeedbackTemplate.tooSlow.variants.contains { slow.english.hasSuffix($0.english) })
        #expect(FeedbackTemplate.allRightBut.variants.contains { slow.korean.hasPrefix($0.korean) })
    }

    @Test("the two weakest sounds are named with their words, and how they are made")
    func weakest() {
        let said = feedback(reading(["think": [30, 90, 90, 90], "very": [60, 90, 65, 90]]))
        #expect(said.english.contains("th sound in “think”"))
        #expect(said.english.contains("tongue tip lightly between your teeth"))
        #expect(said.korean.contains("“think”") && said.korean.contains("th 소리") && said.korean.contains("혀끝을"))
        #expect(said.english.contains("v sound in “very”") && said.korean.contains("v 소리"))
        #expect(!said.english.contains("r sound"))
    }

    @Test("a sound is judged by its mean over the words that were said, and named where it was worst")
    func means() {
        let words: [(String, [(Phone, Double)]?)] = [
            ("red", [(.r, 65), (.eh, 90), (.d, 90)]), ("rose", [(.r, 40), (.ow, 90), (.z, 90)]),
            ("run", [(.r, 50), (.ah, 66), (.n, 90)]), ("fat", nil),
        ]
        let sounds = WeakSound.weakest(in: .of(words))
        #expect(sounds.map(\.phone) == [.r, .ah] && sounds.map(\.word) == ["rose", "run"])
        let masked = Assessment.of([("red", [(.r, 60)]), ("rose", [(.r, 80)])])
        #expect(WeakSound.weakest(in: masked).isEmpty)
    }

    @Test("of equally weak sounds those come first that are harder for Korean speakers, every time")
    func ties() {
        let phones = Phone.allCases.map { ($0, 50.0) }
        for _ in 0..<20 {
            #expect(WeakSound.weakest(in: .of([("word", phones.shuffled())])).map(\.phone) == [.r, .l])
        }
        #expect(Set(Phone.byTrouble) == Set(Phone.allCases) && Phone.byTrouble.count == 39)
        let twice = Assessment.of([("one", [(.f, 50)]), ("two", [(.f, 50)])])
        #expect(WeakSound.weakest(in: twice).map(\.word) == ["one"])
    }

    @Test("missed words win over weak sounds, and the weakest sound over the flow")
    func order() {
        let scores = ["very": [20.0, 30, 90, 90]]
        let said = feedback(reading(scores, missed: ["think"]), pace: 0.3)
        #expect(said.korean.hasPrefix("“think”") || said.korean.hasPrefix("이번에는 “think”"))
        #expect(said.english.contains("“think”") && said.english.contains("v sound in “very”"))
        #expect(!said.english.contains("short e"))
        let noSounds = feedback(reading([:], missed: ["think"]), pace: 0.3)
        #expect(FeedbackTemplate.tooSlow.variants.contains { noSounds.english.hasSuffix($0.english) })
        let sounds = feedback(reading(scores), pace: 0.3)
        #expect(sounds.english.contains("v sound in “very”"))
        #expect(FeedbackTemplate.tooSlow.variants.contains { sounds.english.hasSuffix($0.english) })
        let added = feedback(reading(scores, extra: true))
        #expect(FeedbackTemplate.extraSpeech.variants.contains { added.english.hasSuffix($0.english) })
        #expect(FeedbackTemplate.extraSpeech.variants.contains(feedback(reading([:], extra: true))))
    }

    @Test("when little or nothing was read, that alone is said")
    func littleRead() {
        let nothing = feedback(reading([:], missed: ["think", "very", "light"]))
        #expect(FeedbackTemplate.nothingSpoken.variants.contains(nothing))
        let little = feedback(reading(["light": [10, 10, 10]], missed: ["think", "very"]))
        #expect(FeedbackTemplate.mostlyMissed.variants.contains(little))
        let none = Assessment.of([])
        #expect(FeedbackTemplate.nothingSpoken.variants.contains(feedback(none)))
    }

    @Test("advice goes by the place: a word's end, and vowels that turn a sound into another")
    func places() {
        #expect(Phone.k.advice(before: nil).how.korean.contains("‘으’"))
        #expect(!Phone.k.advice(before: .iy).how.korean.contains("‘으’"))
        #expect(Phone.ch.advice(before: nil).how.korean.contains("‘이’"))
        #expect(Phone.s.advice(before: .iy) != Phone.s.advice(before: .ay))
        #expect(Phone.sh.advice(before: .ih) != Phone.s.advice(before: .ih))
        #expect(Phone.w.advice(before: .uh) != Phone.w.advice(before: .ey))
        let final = feedback(.of([("make", [(.m, 90), (.ey, 90), (.k, 30)])]))
        #expect(final.english.contains("final k sound in “make”"))
    }

    @Test("every sound has advice of its own in both languages, wherever it stands", arguments: Phone.allCases)
    func everyPhone(_ phone: Phone) {
        for next in [Phone?.none] + Phone.allCases.map(Optional.some) {
            let advice = phone.advice(before: next)
            let hangul = advice.how.korean.unicodeScalars.count(where: Hangul.isSyllable)
            #expect(hangul > 10 && advice.how.korean.hasSuffix("보세요"), "\(advice)")
            #expect(advice.how.english.allSatisfy { $0.isASCII || "“”".contains($0) }, "\(advice)")
            #expect(advice.how.english.first?.isLowercase == true && !advice.how.english.contains("."))
            #expect(!advice.name.korean.isEmpty && !advice.name.english.isEmpty)
        }
        let same = Phone.allCases.filter { $0.advice(before: .er).how == phone.advice(before: .er).how }
        #expect(same == [phone])
    }

    @Test("at most two sentences a language, whatever was wrong, and no place left open", arguments: Phone.allCases)
    func length(_ phone: Phone) {
        for (pace, isMissed, hasExtra) in [(1.0, false, false), (0.3, true, true), (3, false, true), (1, true, false)] {
            for count in 1...12 {
                let words = (0..<count).map { ("Word\($0)", [(phone, 50.0), (Phone.m, 60)] as [(Phone, Double)]?) }
                let said = feedback(
                    .of(words + (isMissed ? [("gone", nil)] : []), extra: hasExtra ? [[.ah]] : []), pace: pace)
                #expect((1...2).contains(said.sentenceCount), "\(said.text)")
                #expect(!said.text.contains("{") && !said.text.contains("}"))
            }
        }
    }

    @Test(
        "particles follow the word's sound",
        arguments: [("쌀", "“쌀”을"), ("차", "“차”를"), ("pen", "“pen”을"), ("very", "“very”를")])
    func particles(_ word: String, _ expected: String) {
        for seed in 0..<3 {
            let sentence = FeedbackSentence.sound(Phone.r.consonantAdvice, inWord: word)
            let korean = sentence.sentence(seed: seed, preferringAtMost: 1).korean
            if seed == 1 { #expect(korean.hasPrefix(expected)) }
            #expect(korean.contains("“\(word)”"))
        }
    }

    @Test("a word that looks like a place to fill is left alone")
    func hostile() {
        let said = feedback(.of([("{how}{sound:을}", [(.r, 10)])]))
        #expect(said.english.contains("“{how}{sound:을}”"))
    }
}
