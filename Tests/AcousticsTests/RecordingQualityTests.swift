import Acoustics
import Testing

@Suite("Recordings that cannot be judged")
struct RecordingQualityTests {
    private func refusal(_ samples: [Float]) throws -> RecordingRefusal? {
        let waveform = Waveform(samples: samples, sampleRateInHz: 16_000)
        return RecordingQuality.refusal(of: waveform, activity: try SpeechActivity.detect(in: waveform))
    }

    @Test("good speech is taken", .enabled(if: Synthesised.areInstalled), arguments: Synthesised.allCases)
    func good(_ voice: Synthesised) throws {
        let speech = try voice.speech().padded(before: 0.3, after: 0.3)
        #expect(RecordingQuality.refusal(of: speech, activity: try SpeechActivity.detect(in: speech)) == nil)
    }

    @Test("too short and too long, to the millisecond")
    func lengths() throws {
        #expect(try refusal(Signals.silence(seconds: 0.299, rate: 16_000)) == .tooShort(milliseconds: 299))
        #expect(try refusal(Signals.silence(seconds: 0.3, rate: 16_000)) == .silent)
        #expect(try refusal(Signals.silence(seconds: 300, rate: 16_000)) == .silent)
        #expect(try refusal(Signals.silence(seconds: 300.001, rate: 16_000)) == .tooLong(milliseconds: 300_001))
    }

    @Test("silence, dither and noise are nobody speaking")
    func silent() throws {
        for rms in [0, 1.0 / 32_768, 0.1] {
            #expect(try refusal(Signals.noise(rms: rms, count: 32_000)) == .silent)
        }
    }

    @Test("an overdriven microphone", .enabled(if: Synthesised.areInstalled))
    func clipped() throws {
        let speech = try Synthesised.flite.speech()
        let peak = speech.samples.map(abs).max() ?? 1
        func amplified(_ gain: Float) throws -> RecordingRefusal? {
            let samples = speech.samples.map { min(max($0 / peak * gain, -1), 1) }
            let waveform = Waveform(samples: samples, sampleRateInHz: speech.sampleRateInHz)
            return RecordingQuality.refusal(of: waveform, activity: try SpeechActivity.detect(in: waveform))
        }
        #expect(try amplified(1) == nil)
        guard case .clipped(let share) = try amplified(6) else {
            Issue.record("Six times too loud is clipped.")
            return
        }
        #expect(share > 0.005 && share < 0.5)
    }

    @Test("reasons speak to a learner, in two languages")
    func reasons() {
        let short = RecordingRefusal.tooShort(milliseconds: 240)
        #expect(short.reasonInEnglish == "The recording is too short (0.2 s): please read the whole sentence.")
        #expect(short.reasonInKorean == "녹음이 너무 짧아요(0.2초). 문장을 끝까지 읽어 주세요.")
        let long: [RecordingRefusal] = [.tooLong(milliseconds: 301_000), .tooLong(milliseconds: nil)]
        for refusal in long + [short, .silent, .clipped(share: 0.1)] {
            #expect(refusal.reason == refusal.reasonInKorean + " " + refusal.reasonInEnglish)
            #expect(refusal.reasonInEnglish.contains("please"))
        }
    }
}
