import Testing

@testable import Speech

/// What espeak-ng is given.
///
/// It uses freed memory on some of what is written here, which no test of sound would notice.
@Suite struct RenderingTests {
    private func rendered(_ text: String, _ language: SpokenLanguage) throws -> String {
        try SpeechScript(SpeechRequest(text: text, voice: .default(for: language))).rendered
    }

    @Test(
        "symbols beyond ASCII never touch",
        arguments: ["5€™x", "5—©x", "5²½x", "£§”⅓Ω", "5°≤√x", "5。・％©"]
    )
    func symbols(_ text: String) throws {
        for language in SpokenLanguage.allCases where !(text.contains("Ω") || (language == .ko && text.contains("x"))) {
            let result = Array(try rendered(text, language).unicodeScalars)
            for (one, next) in zip(result, result.dropFirst()) {
                #expect(one.isASCII || next.isASCII, "\(text)")
            }
        }
    }

    @Test("Hangul and Latin letters never have only a mark between them")
    func koreanAndLatin() throws {
        #expect(try rendered("뭐?OK KBS가 가'G 가A나", .ko) == "뭐? OK KBS가 가' G 가A나")
    }

    @Test("a Korean voice reads letters without their accents, however they are written")
    func accents() throws {
        #expect(try rendered("카페 café cafe\u{301}", .ko) == "카페 cafe cafe")
        #expect(try rendered("café", .en) == "café")
    }

    @Test("Hangul in pieces becomes syllables")
    func composed() throws {
        #expect(try rendered("\u{1102}\u{1161}\u{1102}\u{1173}\u{11AB}", .ko) == "나는")
    }

    @Test("typography becomes ASCII, emoji vanish")
    func typography() throws {
        #expect(try rendered("“It’s” fine… 👍🏽ok", .en) == "\"It's\" fine... ok")
    }
}
