import Speech
import Testing

@Suite struct SSMLTests {
    private func speak(_ ssml: String, _ language: SpokenLanguage = .en) async throws -> SpokenText {
        let request = SpeechRequest(text: ssml, textType: .ssml, voice: .default(for: language))
        let spoken = try await EspeakSynthesizer.shared.speak(request)
        spoken.checkMarks(of: ssml)
        return spoken
    }

    @Test("a bare <speak> sounds like its text")
    func plain() async throws {
        let text = try await EspeakSynthesizer.shared.speak(
            SpeechRequest(text: "Hello world.", voice: .default(for: .en)))
        let ssml = try await speak("<speak>Hello world.</speak>")
        #expect(abs(ssml.durationInMilliseconds - text.durationInMilliseconds) <= 20)
        #expect(ssml.words.map(\.timeInMilliseconds) == text.words.map(\.timeInMilliseconds))
        #expect(ssml.words.map(\.byteRange) == [7..<12, 13..<18])
    }

    @Test(
        "a pause moves the words after it by its length",
        arguments: [("2s", 2_000), ("750ms", 750), ("1.5s", 1_500), ("10s", 10_000)]
    )
    func pause(_ time: String, _ milliseconds: Int) async throws {
        let none = try await speak("<speak>First <break time=\"0ms\"/> second.</speak>")
        let some = try await speak("<speak>First <break time=\"\(time)\"/> second.</speak>")
        #expect(abs(some.words[1].timeInMilliseconds - none.words[1].timeInMilliseconds - milliseconds) <= 60)
        #expect(some.words[0].timeInMilliseconds == none.words[0].timeInMilliseconds)
    }

    @Test("a pause before a Korean nasal moves it too")
    func koreanPause() async throws {
        let spoken = try await speak("<speak>나는 <break time=\"2s\"/>물을 <break time=\"1s\"/>먹는다.</speak>", .ko)
        let times = spoken.words.map(\.timeInMilliseconds)
        #expect((2_100...2_700).contains(times[1] - times[0]), "\(times)")
        #expect((1_200...1_700).contains(times[2] - times[1]), "\(times)")
    }

    @Test("values are the request's bytes, entities and all")
    func entities() async throws {
        let ssml = "<speak>It&apos;s Tom &amp; <![CDATA[Jerry]]> &#x41;BC, 1 &lt; 2.</speak>"
        let spoken = try await speak(ssml)
        #expect(spoken.words.map(\.value) == ["It&apos;s", "Tom", "Jerry", "&#x41;BC", "1", "2"])
    }

    @Test("named marks come with the word that follows them")
    func namedMarks() async throws {
        let ssml = "<speak>One <mark name=\"here\"/>two.<mark name=\"end\"/></speak>"
        let spoken = try await speak(ssml)
        let named = spoken.marks.filter { $0.kind == .ssml }
        #expect(named.map(\.value) == ["here", "end"])
        #expect(named[0].timeInMilliseconds == spoken.words[1].timeInMilliseconds)
        #expect(named[1].timeInMilliseconds == spoken.durationInMilliseconds)
        #expect(named[0].byteRange == 11..<30)
    }

    @Test("slower prosody lasts longer, only inside its tag")
    func prosody() async throws {
        let plain = try await speak("<speak>One two three, four five six.</speak>")
        let slow = try await speak("<speak><prosody rate=\"50%\">One two three,</prosody> four five six.</speak>")
        let first = plain.words[3].timeInMilliseconds, slowFirst = slow.words[3].timeInMilliseconds
        #expect((1.7...2.4).contains(Double(slowFirst) / Double(first)))
        let rest = plain.durationInMilliseconds - first, slowRest = slow.durationInMilliseconds - slowFirst
        #expect((0.9...1.1).contains(Double(slowRest) / Double(rest)))
    }

    @Test("nothing of one request is left in the next")
    func noLeftovers() async throws {
        let before = try await speak("<speak>One two three.</speak>")
        _ = try await speak("<speak><prosody rate=\"200%\" volume=\"silent\" pitch=\"x-high\">Fast.</prosody></speak>")
        let after = try await speak("<speak>One two three.</speak>")
        #expect(before.durationInMilliseconds == after.durationInMilliseconds && before.marks == after.marks)
    }

    @Test(
        "substitutes and spelled words are spoken as what they stand for, and keep their own marks",
        arguments: [
            ("<sub alias=\"World Wide Web Consortium\">W3C</sub>", "World Wide Web Consortium", 1),
            ("<say-as interpret-as=\"digits\">2024</say-as>", "2 0 2 4", 1),
            ("<say-as interpret-as=\"telephone\">010-1234</say-as>", "0 1 0, 1 2 3 4", 1),
            ("<say-as interpret-as=\"ordinal\">3</say-as>", "3rd", 1),
            ("<say-as interpret-as=\"ordinal\">12</say-as>", "12th", 1),
            ("<say-as interpret-as=\"cardinal\">3</say-as>", "3", 1),
            ("<emphasis level=\"moderate\">very good</emphasis>", "very good", 2),
            ("<lang xml:lang=\"en-GB\">hello</lang>", "hello", 1),
            ("<w role=\"amazon:VB\">read</w>", "read", 1),
            ("<phoneme alphabet=\"ipa\" ph=\"pɪˈkɑːn\">pecan</phoneme>", "pecan", 1),
            ("<amazon:effect name=\"whispered\">quiet</amazon:effect>", "quiet", 1),
            ("<prosody amazon:max-duration=\"2s\">quick</prosody>", "quick", 1),
        ]
    )
    func readings(_ tag: String, _ meaning: String, _ words: Int) async throws {
        let spoken = try await speak("<speak>It is \(tag) today.</speak>")
        let plain = try await speak("<speak>It is \(meaning) today.</speak>")
        #expect(spoken.words.count == 3 + words)
        #expect(abs(spoken.durationInMilliseconds - plain.durationInMilliseconds) <= plain.durationInMilliseconds / 8)
        let last = try #require(spoken.words.last), plainLast = try #require(plain.words.last)
        #expect(abs(last.timeInMilliseconds - plainLast.timeInMilliseconds) <= plain.durationInMilliseconds / 8)
    }

    @Test("letters are spelled")
    func characters() async throws {
        let spelled = try await speak("<speak><say-as interpret-as=\"spell-out\">cat</say-as> sat</speak>")
        let read = try await speak("<speak>cat sat</speak>")
        #expect(spelled.words[1].timeInMilliseconds > read.words[1].timeInMilliseconds * 3 / 2)
    }

    @Test("paragraphs and <s> end sentences")
    func structure() async throws {
        let spoken = try await speak("<speak><p>One day</p><p><s>two days</s><s>three</s></p>four</speak>")
        #expect(spoken.sentences.map(\.value) == ["One day", "two days", "three", "four"])
    }
}
