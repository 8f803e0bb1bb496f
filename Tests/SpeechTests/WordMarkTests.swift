import Speech
import TestSupport
import Testing

@Suite struct WordMarkTests {
    @Test("every word has one mark", arguments: SentenceCorpus.english)
    func english(_ text: String) async throws {
        try await check(text, "Joanna")
        try await check(text, "Brian")
    }

    @Test("every Korean word has one mark", arguments: SentenceCorpus.korean)
    func korean(_ text: String) async throws {
        try await check(text, "Seoyeon")
    }

    private func check(_ text: String, _ voice: String) async throws {
        let request = try SpeechRequest(text: text, voice: Voice.named(voice))
        let spoken = try await EspeakSynthesizer.shared.speak(request)
        spoken.checkMarks(of: text)
        #expect(spoken.words.count == SentenceCorpus.words(of: text))
    }

    @Test("words in any order have their marks", arguments: 0..<40)
    func salad(_ seed: Int) async throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let language = SpokenLanguage.allCases[seed % 2]
        let corpus = language == .en ? SentenceCorpus.english : SentenceCorpus.korean
        let tokens = corpus.flatMap { $0.split(whereSeparator: \.isWhitespace) }
        let text =
            (0..<(1 + seed)).compactMap { _ in tokens.randomElement(using: &generator) }.joined(separator: " ") + " 1"
        let prefix = language == .ko ? "나 " : ""
        let request = SpeechRequest(text: prefix + text, voice: .default(for: language), rate: 2)
        let spoken = try await EspeakSynthesizer.shared.speak(request)
        spoken.checkMarks(of: request.text)
        #expect(spoken.words.count == SentenceCorpus.words(of: request.text))
    }

    @Test("plain words never begin at the same time")
    func distinctTimes() async throws {
        for text in ["나무 나무 나무 나무 나무 나무 나무", "매미가 매일 맴맴 노래하면 누나는 늘 낮잠을 못 잔다."] {
            let request = SpeechRequest(text: text, voice: .default(for: .ko))
            let times = try await EspeakSynthesizer.shared.speak(request).words.map(\.timeInMilliseconds)
            #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= 80 }, "\(times)")
        }
    }

    @Test("joined words are told apart")
    func joinedWords() async throws {
        let request = SpeechRequest(text: "The end of the day.", voice: .default(for: .en))
        let words = try await EspeakSynthesizer.shared.speak(request).words
        #expect(words.map(\.value) == ["The", "end", "of", "the", "day"])
        let times = words.map(\.timeInMilliseconds)
        #expect((60...200).contains(times[3] - times[2]))
        #expect((60...200).contains(times[4] - times[3]))
    }

    @Test("marks are lines of JSON as Polly writes them")
    func format() async throws {
        let request = SpeechRequest(text: "Say \"café\" now.", voice: .default(for: .en))
        let spoken = try await EspeakSynthesizer.shared.speak(request)
        let lines = spoken.marksText.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 5 && lines.last == "")
        #expect(lines[0] == #"{"time":0,"type":"sentence","start":0,"end":16,"value":"Say \"café\" now."}"#)
        #expect(lines[2].hasSuffix(#","type":"word","start":5,"end":10,"value":"café"}"#))
    }
}
