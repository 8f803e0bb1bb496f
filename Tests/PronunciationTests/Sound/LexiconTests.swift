import Pronunciation
import Testing

@testable import Pronunciation

@Suite struct LexiconTests {
    private func phones(_ text: String, _ known: [String: String] = [:]) async throws -> [[String]] {
        let lexicon = Lexicon(
            dictionary: try Installed.dictionary.get(), transcriber: ScriptedTranscriber(words: known))
        return try await lexicon.words(in: text).map { word in
            word.pronunciations.map { $0.map(\.rawValue).joined(separator: " ") }
        }
    }

    @Test("words of the dictionary have all their pronunciations, the first one first")
    func known() async throws {
        #expect(try await phones("READ a") == [["R EH D", "R IY D"], ["AH", "EY"]])
        #expect(try await phones("don't") == [["D OW N T", "D OW N"]])
    }

    @Test(
        "numbers, abbreviations, hyphens and possessives are taken apart",
        arguments: [
            ("21", "T W EH N T IY W AH N"), ("Dr.", "D AA K T ER"), ("well-known", "W EH L N OW N"),
            ("blorpt's", "B L AO R P T S"), ("U.S.A.", "Y UW EH S EY"), ("$5", "F AY V D AA L ER Z"),
            ("7:30", "S EH V AH N TH ER D IY"),
        ])
    func takenApart(_ text: String, _ expected: String) async throws {
        let words = try await phones(text, ["blorpt": "b_l_ˈɔː_ɹ_p_t"])
        #expect(words.count == 1)
        #expect(words.first?.contains(expected) == true, "\(words)")
    }

    @Test("never more pronunciations than are tried, however many readings a number has")
    func bounded() async throws {
        for word in try await phones("1999 and 1,000,000 and 12/31") {
            #expect((1...PronouncedWord.mostPronunciations).contains(word.count))
        }
    }

    @Test("a word nobody knows comes from the transcriber; one that it cannot read is named")
    func unknown() async throws {
        #expect(try await phones("Kimchigeddon", ["kimchigeddon": "k_ˈɪ_m_tʃ_ɪ"]) == [["K IH M CH IH"]])
        await #expect(throws: PronunciationError.unreadableWord("привет")) { try await phones("Say привет now") }
    }

    @Test("punctuation, emoji, quotes and case make no difference")
    func plain() async throws {
        #expect(try await phones("“Good”—morning! 😀") == phones("good morning"))
    }

    @Test(
        "espeak-ng's transcriptions become the dictionary's sounds",
        arguments: [
            ("h_ə_l_ˈoʊ", "HH AH L OW"), ("θ_ˈɹ_iː", "TH R IY"), ("dʒ_ˈʌ_dʒ", "JH AH JH"), ("f_ˈaɪɚ", "F AY ER"),
            ("", ""),
            ("ˈ_ˌ_?", ""),
        ])
    func alphabet(_ transcription: String, _ expected: String) {
        #expect(PhoneticAlphabet.phones(of: transcription).map(\.rawValue).joined(separator: " ") == expected)
    }
}
