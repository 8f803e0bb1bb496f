import Acoustics
import Foundation
import TestSupport
import Testing

@Suite("Recordings of phones and browsers", .enabled(if: Program.isInstalled("ffmpeg")))
struct PhoneRecordingTests {
    @Test("are read at their own rate", arguments: PhoneRecording.allCases)
    func formats(_ format: PhoneRecording) throws {
        let rate = format == .webM || format == .streamedWebM ? 48_000 : 44_100
        let bytes = try format.make(from: PhoneRecording.tone(seconds: 2, rate: rate))
        let waveform = try AudioDecoder.decode(bytes)
        #expect(waveform.sampleRateInHz == rate)
        // Codec frames of up to 2,048 samples at either end.
        #expect(abs(waveform.durationInSeconds - 2) < 0.1)
        #expect(abs(Signals.rms(Array(waveform.samples[10_000..<80_000])) - 0.5 / 2.0.squareRoot()) < 0.02)
    }

    @Test("of two channels are averaged", arguments: [PhoneRecording.m4a, .matroska])
    func stereo(_ format: PhoneRecording) throws {
        let left = Signals.sine(440, seconds: 2, rate: 44_100)
        let file = WAVFile(
            formatTag: 3, channels: 2, sampleRateInHz: 44_100, bitsPerSample: 32,
            data: little(left.flatMap { [$0, 0] }))
        let waveform = try AudioDecoder.decode(format.make(from: file.bytes))
        #expect(waveform.sampleRateInHz == 44_100)
        #expect(abs(Signals.rms(Array(waveform.samples[10_000..<80_000])) - 0.25 / 2.0.squareRoot()) < 0.01)
    }

    @Test("in AMR are read")
    func amr() throws {
        let waveform = try AudioDecoder.decode(PhoneRecording.amr(frames: 100))
        #expect(waveform.sampleRateInHz == 8_000 && waveform.samples.count == 16_000)
    }

    @Test(
        "with pictures beside the sound are read", arguments: [("x.mp4", "mpeg4", "aac"), ("x.webm", "vp8", "libopus")])
    func video(_ name: String, _ video: String, _ audio: String) throws {
        let bytes = try Self.film(name, ["-f", "lavfi", "-i", "sine=d=1:r=48000", "-c:v", video, "-c:a", audio])
        #expect(try abs(AudioDecoder.decode(bytes).durationInSeconds - 1) < 0.1)
    }

    @Test("with pictures only have no audio track", arguments: [("x.mp4", "mpeg4"), ("x.webm", "vp8")])
    func onlyVideo(_ name: String, _ codec: String) throws {
        let bytes = try Self.film(name, ["-c:v", codec])
        #expect(throws: AudioError.noAudioTrack) { try AudioDecoder.decode(bytes) }
    }

    private static func film(_ name: String, _ options: [String]) throws -> [UInt8] {
        try Program.output(
            "ffmpeg",
            { ["-f", "lavfi", "-i", "testsrc=d=1:s=64x64"] + options + [$0.appending(path: name).path] }, reading: name)
    }

    @Test("that last longer than is accepted are refused, however few bytes they are")
    func tooLong() {
        let bytes = PhoneRecording.amr(frames: 31_000)
        #expect(throws: AudioError.tooLong(limitInSeconds: 600)) { try AudioDecoder.decode(bytes) }
        #expect(throws: AudioError.tooLong(limitInSeconds: 2.5)) {
            try AudioDecoder.decode(bytes, limits: AudioLimits(durationInSeconds: 2.5))
        }
    }

    @Test("outside the rates and sizes that are accepted are refused")
    func limits() {
        let bytes = PhoneRecording.amr(frames: 10)
        #expect(throws: AudioError.unsupportedSampleRate(inHz: 8_000, allowed: 16_000...48_000)) {
            try AudioDecoder.decode(bytes, limits: AudioLimits(sampleRatesInHz: 16_000...48_000))
        }
        #expect(throws: AudioError.tooManyBytes(count: bytes.count, limit: 100)) {
            try AudioDecoder.decode(bytes, limits: AudioLimits(bytes: 100))
        }
        #expect(throws: AudioError.noSamples) { try AudioDecoder.decode(PhoneRecording.amr(frames: 0)) }
    }

    @Test(
        "that are garbage behind a valid beginning end in a sentence",
        arguments: [
            Array("\0\0\0\u{18}ftypM4A \0\0\0\0M4A isom".utf8), Array("\0\0\0\u{14}ftypqt  \0\0\0\0qt  ".utf8),
            [0x1A, 0x45, 0xDF, 0xA3, 0x84, 0x42, 0x86, 0x81, 0x01], [0xFF, 0xF1, 0x50, 0x80, 0x02, 0x1F, 0xFC],
            Array("#!AMR-WB\n".utf8), Array("#!AMR_MC1.0\n".utf8),
        ] as [[UInt8]])
    func garbage(_ beginning: [UInt8]) {
        var generator = SeededGenerator(seed: 17)
        for _ in 0..<4 {
            let count = Int.random(in: 0..<3_000, using: &generator)
            let noise = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            do throws(AudioError) {
                let waveform = try AudioDecoder.decode(beginning + noise)
                #expect(waveform.samples.allSatisfy { abs($0) <= 1 })
            } catch {
                let text = error.description
                #expect(text.count < 300 && !text.contains("/dev/") && !text.contains("0x"), "\(text)")
            }
        }
    }
}
