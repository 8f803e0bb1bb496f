import Acoustics
import Testing

@Suite("Speech activity")
struct SpeechActivityTests {
    @Test(
        "speech between silences has its borders", .enabled(if: Synthesised.areInstalled),
        arguments: Synthesised.allCases)
    func bordersInSilence(_ voice: Synthesised) throws {
        let speech = try voice.speech()
        let activity = try SpeechActivity.detect(in: speech.padded(before: 0.7, after: 0.5))
        try expectBorders(activity, 0.7, 0.7 + speech.durationInSeconds, within: 0.05)
        #expect(activity.responseLatencyInMilliseconds == Int((activity.segments[0].startInSeconds * 1000).rounded()))
    }

    @Test(
        "noise moves borders a little", .enabled(if: Synthesised.areInstalled), arguments: Synthesised.allCases,
        [20.0, 10])
    func bordersInNoise(_ voice: Synthesised, signalToNoiseInDB: Double) throws {
        let speech = try voice.speech()
        let noisy = speech.padded(before: 0.7, after: 0.5)
            .noisy(signalToNoiseInDB: signalToNoiseInDB, signalRMS: Signals.rms(speech.samples))
        let activity = try SpeechActivity.detect(in: noisy)
        // White noise hides weak hisses: at 10 dB most of the "sh" at flite's start is below it.
        try expectBorders(
            activity, 0.7, 0.7 + speech.durationInSeconds, within: signalToNoiseInDB >= 20 ? 0.07 : 0.16)
    }

    private func expectBorders(_ activity: SpeechActivity, _ start: Double, _ end: Double, within tolerance: Double)
        throws
    {
        let first = try #require(activity.segments.first)
        let last = try #require(activity.segments.last)
        #expect(abs(first.startInSeconds - start) <= tolerance)
        #expect(abs(last.endInSeconds - end) <= tolerance)
    }

    @Test("a pause is found, counted and measured", .enabled(if: Synthesised.areInstalled))
    func pauses() throws {
        let speech = try Synthesised.flite.speech()
        let silence = Signals.silence(seconds: 0.8, rate: speech.sampleRateInHz)
        let twice = Waveform(
            samples: silence + speech.samples + silence + speech.samples + silence,
            sampleRateInHz: speech.sampleRateInHz)
        let activity = try SpeechActivity.detect(in: twice)
        #expect(activity.pauseCount == 1)
        #expect(abs(activity.longestPauseInMilliseconds - 800) <= 50)
        #expect(abs(activity.speakingInMilliseconds - 2 * speech.durationInMilliseconds) <= 100)
        let density = 2 * speech.durationInSeconds / twice.durationInSeconds
        #expect(abs(activity.netSpeakingDensity - density) < 0.02)
    }

    @Test(
        "any sample rate gives the same speech", .enabled(if: Synthesised.areInstalled),
        arguments: [8_000, 11_025, 16_000, 44_100, 96_000])
    func sampleRates(_ rate: Int) throws {
        let speech = try Synthesised.espeakEnglish.speech()
        let activity = try SpeechActivity.detect(
            in: try Resampler.resample(speech.padded(before: 0.6, after: 0.6), toHz: rate))
        try expectBorders(activity, 0.6, 0.6 + speech.durationInSeconds, within: 0.05)
        #expect(activity.pauseCount == 1)
    }

    @Test(
        "speech without any silence around it is found", .enabled(if: Synthesised.areInstalled),
        arguments: Synthesised.allCases)
    func noSilenceAround(_ voice: Synthesised) throws {
        let activity = try SpeechActivity.detect(in: try voice.speech())
        #expect(activity.netSpeakingDensity > 0.85)
    }

    @Test("the level does not matter", .enabled(if: Synthesised.areInstalled), arguments: [Float(0.03), 0.1])
    func level(_ gain: Float) throws {
        let speech = try Synthesised.flite.speech().padded(before: 0.5, after: 0.5)
        let soft = Waveform(samples: speech.samples.map { $0 * gain }, sampleRateInHz: speech.sampleRateInHz)
        let expected = try SpeechActivity.detect(in: speech).speakingInMilliseconds
        #expect(abs(try SpeechActivity.detect(in: soft).speakingInMilliseconds - expected) <= 30)
    }

    @Test("hum and DC under speech change little", .enabled(if: Synthesised.areInstalled))
    func humUnderSpeech() throws {
        let speech = try Synthesised.espeakKorean.speech().padded(before: 0.7, after: 0.5)
        let hum = Signals.sine(60, seconds: 10, rate: speech.sampleRateInHz, amplitude: 0.05)
        let samples = Signals.sum(speech.samples, hum).map { $0 * 0.8 + 0.15 }
        let activity = try SpeechActivity.detect(in: Waveform(samples: samples, sampleRateInHz: speech.sampleRateInHz))
        let clean = try SpeechActivity.detect(in: speech)
        try expectBorders(
            activity, clean.segments[0].startInSeconds, clean.segments[clean.pauseCount].endInSeconds, within: 0.05)
    }

    @Test("what is not speech has no segments", arguments: NotSpeech.allCases, [8_000, 16_000, 48_000])
    func notSpeech(_ sound: NotSpeech, rate: Int) throws {
        let samples = sound.samples(rate: rate)
        let activity = try SpeechActivity.detect(in: Waveform(samples: samples, sampleRateInHz: rate))
        #expect(activity.segments.isEmpty)
        #expect(activity.responseLatencyInMilliseconds == nil)
        #expect(activity.netSpeakingDensity == 0)
        #expect(activity.longestPauseInMilliseconds == 0 && activity.pauseCount == 0)
    }

    @Test("clips shorter than a frame have no speech", arguments: [1, 2, 399, 400, 401])
    func veryShort(_ count: Int) throws {
        let clip = Waveform(samples: Signals.noise(rms: 0.1, count: count), sampleRateInHz: 16_000)
        #expect(try SpeechActivity.detect(in: clip).segments.isEmpty)
    }

    @Test("nothing, and values that are no numbers, are refused")
    func refused() {
        #expect(throws: AudioError.noSamples) {
            try SpeechActivity.detect(in: Waveform(samples: [], sampleRateInHz: 16_000))
        }
        var samples = Signals.silence(seconds: 1, rate: 16_000)
        samples[777] = .nan
        #expect(throws: AudioError.notFinite(index: 777)) {
            try SpeechActivity.detect(in: Waveform(samples: samples, sampleRateInHz: 16_000))
        }
    }
}
