import Speech
import Testing

@Suite struct SentenceTests {
    @Test(
        "sentences are told apart",
        arguments: [
            ("One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
            ("Dr. Lee met Mr. Kim. They talked.", ["Dr. Lee met Mr. Kim.", "They talked."]),
            ("\"Really?\" he said. Yes.", ["\"Really?\" he said.", "Yes."]),
            ("He said \"No.\" Then left.", ["He said \"No.\"", "Then left."]),
            ("At 3.14 p.m. it ended", ["At 3.14 p.m. it ended"]),
            ("Wait ... what ?! Fine", ["Wait ... what ?!", "Fine"]),
            ("A title\n\nA text", ["A title", "A text"]),
            ("J. K. Rowling wrote it.", ["J. K. Rowling wrote it."]),
            ("It was I. You knew.", ["It was I.", "You knew."]),
            ("Hi! 🙂 Bye.", ["Hi! 🙂", "Bye."]),
        ]
    )
    func english(_ text: String, _ expected: [String]) async throws {
        try await check(text, expected, .en)
    }

    @Test("Korean sentences are told apart")
    func korean() async throws {
        try await check("네, 맞아요. 그래요? 나도!", ["네, 맞아요.", "그래요?", "나도!"], .ko)
    }

    private func check(_ text: String, _ expected: [String], _ language: SpokenLanguage) async throws {
        let request = SpeechRequest(text: text, voice: .default(for: language))
        let spoken = try await EspeakSynthesizer.shared.speak(request)
        #expect(spoken.sentences.map(\.value) == expected)
        spoken.checkMarks(of: text)
    }
}
