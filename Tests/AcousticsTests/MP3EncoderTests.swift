import Acoustics
import Foundation
import Testing

@Suite("MP3")
struct MP3EncoderTests {
    /// Signal to noise of what comes back, in dB.
    private func fidelity(_ sound: Waveform) throws -> Double {
        let back = try AudioDecoder.decode(try AudioEncoder.encode(sound, as: .mp3))
        try #require(back.samples.count == sound.samples.count)
        let noise = zip(back.samples, sound.samples).map { $0 - $1 }
        return 20 * log10(Signals.rms(sound.samples) / Signals.rms(noise))
    }

    @Test(
        "speech comes back in place and close", .enabled(if: Synthesised.areInstalled),
        arguments: Synthesised.allCases, [16_000, 22_050])
    func speech(_ voice: Synthesised, rate: Int) throws {
        let speech = try Resampler.resample(try voice.speech(), toHz: rate)
        // A sample's shift would leave less than 10 dB of it.
        #expect(try fidelity(speech) > 19)
        let bytes = try AudioEncoder.encode(speech, as: .mp3)
        #expect(Double(bytes.count) * 8 / speech.durationInSeconds < 64_000)
    }

    @Test("sounds that are hard to encode", arguments: HardSound.allCases, [16_000, 22_050])
    func hard(_ sound: HardSound, rate: Int) throws {
        #expect(
            try fidelity(Waveform(samples: sound.samples(rate: rate), sampleRateInHz: rate)) > sound.leastFidelityInDB)
    }

    @Test("silence is silent, and small")
    func silence() throws {
        let bytes = try AudioEncoder.encode(
            Waveform(samples: Signals.silence(seconds: 10, rate: 22_050), sampleRateInHz: 22_050), as: .mp3)
        #expect(bytes.count < 12_000)
        #expect(try AudioDecoder.decode(bytes).samples.allSatisfy { $0 == 0 })
    }

    @Test("quiet before a sudden sound stays quiet")
    func preEcho() throws {
        let quiet = Signals.silence(seconds: 0.5, rate: 22_050)
        let burst = Signals.noise(rms: 0.3, count: 11_025)
        let back = try AudioDecoder.decode(
            try AudioEncoder.encode(Waveform(samples: quiet + burst, sampleRateInHz: 22_050), as: .mp3))
        let echo = Signals.rms(Array(back.samples[..<11_025].suffix(576)))
        #expect(20 * log10(0.3 / echo) > 20)
        #expect(back.samples[..<9_000].allSatisfy { abs($0) < 1e-4 })
    }

    @Test("other decoders agree", .enabled(if: Program.isInstalled("ffmpeg", "espeak-ng", "flite")))
    func otherDecoder() throws {
        let speech = try Resampler.resample(try Synthesised.flite.speech(), toHz: 22_050)
        let bytes = try AudioEncoder.encode(speech, as: .mp3)
        // Any warning of the decoder is a failure.
        let wav = try Program.output(
            "ffmpeg",
            {
                [
                    "-v", "error", "-xerror", "-err_detect", "explode", "-f", "mp3", "-i",
                    $0.appending(path: "input").path,
                    "-c:a", "pcm_f32le", $0.appending(path: "out.wav").path,
                ]
            }, input: bytes, reading: "out.wav")
        let theirs = try AudioDecoder.decode(wav).samples
        let ours = try AudioDecoder.decode(bytes).samples
        #expect(theirs.count == ours.count)
        #expect(zip(theirs, ours).allSatisfy { abs($0 - $1) < 1e-4 })
    }
}
