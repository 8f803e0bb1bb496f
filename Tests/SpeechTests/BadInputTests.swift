import Speech
import Testing

@Suite struct BadInputTests {
    private func error(
        _ text: String, _ language: SpokenLanguage = .en, rate: Double = 1
    ) async throws -> SpeechError {
        let request = SpeechRequest(text: text, voice: .default(for: language), rate: rate)
        let thrown = await #expect(throws: SpeechError.self) { try await EspeakSynthesizer.shared.speak(request) }
        let error = try #require(thrown)
        #expect(error.description.hasSuffix(".") && !error.isTransient)
        return error
    }

    @Test(
        "there must be a word", arguments: ["", " ", "\n\t", "...", "?!", "🙂👍🏽", "— “” ()", "& @ #", "\u{200B}\u{FEFF}"])
    func nothingToSay(_ text: String) async throws {
        #expect(try await error(text) == .nothingToSay)
        #expect(try await error(text, .ko) == .nothingToSay)
    }

    @Test("ten thousand characters are too many")
    func tooLong() async throws {
        let text = String(repeating: "word ", count: 2_000)
        #expect(try await error(text) == .textTooLong(characters: 10_000, limit: 3_000))
        #expect(try await error(text).description == "The text has 10000 characters; the limit is 3000.")
    }

    @Test("three thousand characters are spoken, each word with its mark", arguments: SpokenLanguage.allCases)
    func longest(_ language: SpokenLanguage) async throws {
        let word = language == .en ? "away " : "나나나나 "
        let text = String(repeating: word, count: 600)
        let request = SpeechRequest(text: text, voice: .default(for: language), rate: 2)
        let spoken = try await EspeakSynthesizer.shared.speak(request)
        spoken.checkMarks(of: text)
        #expect(spoken.words.count == 600)
    }

    @Test("tags do not count as spoken, but they count")
    func tagsAreFree() async throws {
        let mark = "<mark name=\"some-name\"/>"
        let ssml = "<speak>" + String(repeating: mark + "yes ", count: 200) + "</speak>"
        var request = SpeechRequest(text: ssml, textType: .ssml, voice: .default(for: .en), rate: 2)
        #expect(try await EspeakSynthesizer.shared.speak(request).words.count == 200)
        request.text = "<speak>" + String(repeating: "yes ", count: 751) + "</speak>"
        await #expect(throws: SpeechError.textTooLong(characters: 3_004, limit: 3_000)) {
            try await EspeakSynthesizer.shared.speak(request)
        }
    }

    @Test("slow speech without end is refused")
    func tooSlow() async throws {
        let error = try await error(String(repeating: "slow ", count: 600), rate: 0.2)
        #expect(error == .speechTooLong(limitInMilliseconds: 600_000))
    }

    @Test("a word without end is refused")
    func longWord() async throws {
        #expect(try await error(String(repeating: "a", count: 2_000)) == .wordTooLong(characters: 2_000, limit: 120))
    }

    @Test(
        "a voice reads only its own script",
        arguments: [
            ("안녕하세요", SpokenLanguage.en, "안"), ("Hello 세계", .en, "세"), ("Привет", .en, "П"), ("你好", .en, "你"),
            ("你好", .ko, "你"), ("안녕 Привет", .ko, "П"), ("5µ입니다", .ko, "µ"), ("こんにちは", .ko, "こ"), ("مرحبا", .en, "م"),
        ]
    )
    func wrongScript(_ text: String, _ language: SpokenLanguage, _ sample: String) async throws {
        let voice = Voice.default(for: language)
        let error = try await error(text, language)
        #expect(
            error
                == .languageMismatch(voice: voice.id, language: "\(language.name) (\(voice.language))", sample: sample)
        )
    }

    @Test("a Korean voice wants a Korean word, but numbers are every language's")
    func latinOnly() async throws {
        let error = try await error("Good morning", .ko)
        #expect(error.description == "Voice Seoyeon speaks Korean (ko-KR), and the text has no word of that language.")
        let numbers = SpeechRequest(text: "1, 2, 3", voice: .default(for: .ko))
        #expect(try await EspeakSynthesizer.shared.speak(numbers).words.count == 3)
    }

    @Test(
        "control characters and lost bytes are refused with their place",
        arguments: [
            ("a\u{0}b", 0, 1), ("é\u{1}", 1, 2), ("ok \u{FFFD}", 0xFFFD, 3), ("x\u{7F}", 0x7F, 1),
            ("\u{E000}", 0xE000, 0),
        ]
    )
    func unreadable(_ text: String, _ codePoint: Int, _ offset: Int) async throws {
        #expect(try await error(text) == .unreadableCharacter(codePoint: UInt32(codePoint), byteOffset: offset))
    }

    @Test("a lone surrogate from elsewhere is refused")
    func loneSurrogate() async throws {
        let text = String(decoding: [0x61, 0xD83D, 0x62] as [UInt16], as: UTF16.self)
        #expect(try await error(text) == .unreadableCharacter(codePoint: 0xFFFD, byteOffset: 1))
    }

    @Test("a rate is 0.2 to 2", arguments: [0, 0.19, 2.01, -1, .nan, .infinity])
    func rate(_ rate: Double) async throws {
        let error = try await error("Hello", rate: rate)
        #expect(error.label == "rate_out_of_range")
    }

    @Test("after any refusal the next request is spoken")
    func goesOn() async throws {
        let request = SpeechRequest(text: "Good morning.", voice: .default(for: .en))
        let before = try await EspeakSynthesizer.shared.speak(request)
        _ = try await error(String(repeating: "slow ", count: 600), rate: 0.2)
        _ = try await error("안녕")
        let after = try await EspeakSynthesizer.shared.speak(request)
        #expect(before.durationInMilliseconds == after.durationInMilliseconds && before.marks == after.marks)
    }
}
