import Acoustics
import Speech
import Testing

@Suite struct VoiceTests {
    @Test("ids are Polly's and unique")
    func ids() {
        #expect(Set(Voice.all.map(\.id)).count == Voice.all.count)
        #expect(Voice.default(for: .en).id == "Joanna")
        #expect(Voice.default(for: .ko).id == "Seoyeon")
        #expect(Voice.default(for: .ko).language == "ko-KR")
    }

    @Test("a voice is found however its id is cased")
    func found() throws {
        #expect(try Voice.named("joanna") == Voice.named("Joanna"))
        #expect(try Voice.named("Geraint").language == "en-GB-WLS")
    }

    @Test("an unknown id is refused with the known ones", arguments: ["", "Zoe", "Joanna ", "Mizuki"])
    func unknown(_ id: String) throws {
        let error = #expect(throws: SpeechError.self) { try Voice.named(id) }
        let sentence = try #require(error).description
        #expect(sentence.contains("“\(id)”") && sentence.contains("Aditi, Amy") && sentence.contains("Seoyeon"))
    }

    @Test("every voice speaks, and no two alike", arguments: SpokenLanguage.allCases)
    func distinct(_ language: SpokenLanguage) async throws {
        let text = language == .en ? "Good morning, Sam." : "안녕하세요."
        var heard: Set<[Float]> = []
        let voices = Voice.all.filter { $0.spokenLanguage == language }
        for voice in voices {
            let spoken = try await EspeakSynthesizer.shared.speak(SpeechRequest(text: text, voice: voice))
            #expect(spoken.durationInMilliseconds > 300)
            heard.insert(spoken.waveform.samples)
        }
        #expect(heard.count == voices.count)
    }
}
