import Speech
import Testing

@Suite struct MalformedSSMLTests {
    private func error(_ ssml: String) async throws -> SpeechError {
        let request = SpeechRequest(text: ssml, textType: .ssml, voice: .default(for: .en))
        let thrown = await #expect(throws: SpeechError.self) { try await EspeakSynthesizer.shared.speak(request) }
        return try #require(thrown)
    }

    @Test(
        "what is not well formed is refused with the place and the reason",
        arguments: [
            ("Hello", 0, "outside the <speak>"),
            ("", 0, "no <speak>"),
            ("<p>Hello</p>", 0, "root element is <p>"),
            ("<speak>Hello", 0, "never closed"),
            ("<speak>Hello</spea>", 12, "closes <speak>"),
            ("<speak><p>Hello</speak></p>", 15, "closes <p>"),
            ("<speak>Hello</speak></p>", 20, "closes nothing"),
            ("<speak>Hello</speak> there", 21, "outside the <speak>"),
            ("<speak>Hello</speak><speak>you</speak>", 20, "second root"),
            ("<speak><speak>Hello</speak></speak>", 7, "inside another"),
            ("<speak>Tom & Jerry</speak>", 11, "&amp;"),
            ("<speak>1 < 2</speak>", 10, "&lt;"),
            ("<speak>&nbsp;Hello</speak>", 7, "no entity &nbsp;"),
            ("<speak>&#0;Hello</speak>", 7, "no entity &#0;"),
            ("<speak>&#xD800;Hello</speak>", 7, "no entity"),
            ("<speak><break time=1s/>Hello</speak>", 19, "lacks quotes"),
            ("<speak><break time=\"1s/>Hello</speak>", 29, "contains <"),
            ("<speak><break time=\"1s\" time=\"2s\"/>Hello</speak>", 24, "twice"),
            ("<speak><break time/>Hello</speak>", 18, "no value"),
            ("<speak><sub>WWW</sub></speak>", 7, "lacks the attribute alias"),
            ("<speak><!-- Hello</speak>", 7, "comment never ends"),
            ("<!DOCTYPE speak [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><speak>&x;</speak>", 0, "not allowed"),
            ("<speak>" + String(repeating: "<p>", count: 40) + "Hi", 52, "nested deeper"),
        ]
    )
    func malformed(_ ssml: String, _ offset: Int, _ reason: String) async throws {
        guard case .malformedSSML(let found, let place) = try await error(ssml) else {
            Issue.record("\(try await error(ssml))")
            return
        }
        #expect(found.contains(reason), "\(found)")
        #expect(place == offset)
    }

    @Test(
        "what could reach a file, or means nothing here, is refused",
        arguments: [
            "<speak>Hello <audio src=\"/etc/passwd\"/></speak>",
            "<speak>Hello <audio src=\"https://example.com/a.mp3\">there</audio></speak>",
            "<speak><voice name=\"ko\">Hello</voice></speak>",
            "<speak><script>Hello</script></speak>",
            "<speak><say-as interpret-as=\"expletive\">Hello</say-as></speak>",
            "<speak><say-as interpret-as=\"nonsense\">Hello</say-as></speak>",
            "<speak>Hello <break time=\"11s\"/></speak>",
            "<speak>Hello <break time=\"-1s\"/></speak>",
            "<speak>Hello <break time=\"inf\"/></speak>",
            "<speak>Hello <break strength=\"huge\"/></speak>",
            "<speak><prosody rate=\"5%\">Hello</prosody></speak>",
            "<speak><prosody rate=\"nan%\">Hello</prosody></speak>",
            "<speak><prosody pitch=\"900%\">Hello</prosody></speak>",
            "<speak><prosody volume=\"loudest\">Hello</prosody></speak>",
            "<speak><emphasis level=\"huge\">Hello</emphasis></speak>",
        ]
    )
    func unsupported(_ ssml: String) async throws {
        let error = try await error(ssml)
        guard case .unsupportedSSML = error else {
            Issue.record("\(error)")
            return
        }
        #expect(error.description.hasSuffix("which is not supported."))
    }

    @Test("cut anywhere, SSML is refused or spoken, and never crashes")
    func truncated() async throws {
        let whole = Array(
            "<?xml version='1.0'?><speak>A <break time=\"1s\"/>&amp; <sub alias=\"b c\">d</sub><!-- e --><p>f</p></speak>"
                .utf8
        )
        for count in whole.indices {
            _ = try await error(String(decoding: whole[..<count], as: UTF8.self))
        }
    }
}
