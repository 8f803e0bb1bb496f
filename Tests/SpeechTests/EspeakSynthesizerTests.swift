import Acoustics
import Speech
import TestSupport
import Testing

@Suite struct EspeakSynthesizerTests {
    private static let requests: [SpeechRequest] = SpokenLanguage.allCases.flatMap { language in
        let corpus = language == .en ? SentenceCorpus.english : SentenceCorpus.korean
        let voices = Voice.all.filter { $0.spokenLanguage == language }
        return corpus.enumerated().map { SpeechRequest(text: $1, voice: voices[$0 % voices.count]) }
    }

    @Test("a request lasts as long each time, whatever was spoken before and whoever else asks")
    func repeatable() async throws {
        var durations: [SpeechRequest: Int] = [:]
        for request in Self.requests {
            durations[request] = try await EspeakSynthesizer.shared.speak(request).durationInMilliseconds
        }
        var generator = SeededGenerator(seed: 1)
        let again = (Self.requests + Self.requests + Self.requests).shuffled(using: &generator)
        try await withThrowingTaskGroup(of: (SpeechRequest, Int).self) { group in
            for request in again {
                group.addTask { (request, try await EspeakSynthesizer.shared.speak(request).durationInMilliseconds) }
            }
            for try await (request, duration) in group { #expect(duration == durations[request], "\(request.text)") }
        }
    }

    @Test("samples are sound: finite, within full scale, neither silent nor clipped")
    func samples() async throws {
        let request = SpeechRequest(text: "Good morning, everybody.", voice: .default(for: .en))
        let waveform = try await EspeakSynthesizer.shared.speak(request).waveform
        let peak = waveform.samples.lazy.map(abs).max() ?? 0
        #expect((0.1..<1).contains(peak))
        #expect(waveform.samples.count { abs($0) >= 0.999 } == 0)
        #expect(waveform.sampleRateInHz == 22_050)
    }

    @Test("rate changes the length as it says", arguments: [0.2, 0.25, 0.33, 0.5, 0.75, 1.25, 1.5, 2])
    func rate(_ rate: Double) async throws {
        for (language, text) in [
            (SpokenLanguage.en, "The quick brown fox jumps over the lazy dog, and then it goes home to sleep."),
            (.ko, "오늘은 날씨가 좋아서 친구와 같이 공원에 가서 자전거를 탔습니다."),
        ] {
            var request = SpeechRequest(text: text, voice: .default(for: language))
            let normal = try await EspeakSynthesizer.shared.speak(request).durationInMilliseconds
            request.rate = rate
            let spoken = try await EspeakSynthesizer.shared.speak(request)
            let ratio = Double(normal) / Double(spoken.durationInMilliseconds)
            #expect((rate * 0.75...rate * 1.25).contains(ratio), "\(language): \(ratio)")
            spoken.checkMarks(of: text)
        }
    }

    @Test("the audio can be had as a file", arguments: AudioFormat.allCases)
    func encoded(_ format: AudioFormat) async throws {
        let request = SpeechRequest(text: "Good morning, everybody.", voice: .default(for: .en))
        let spoken = try await EspeakSynthesizer.shared.speak(request)
        let decoded = try AudioDecoder.decode(spoken.encoded(as: format))
        #expect(abs(decoded.durationInMilliseconds - spoken.durationInMilliseconds) <= 100)
    }

    @Test("a cancelled task is not spoken for")
    func cancelled() async throws {
        let request = SpeechRequest(text: "Good morning.", voice: .default(for: .en))
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await EspeakSynthesizer.shared.speak(request)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
