import Acoustics
import Foundation
import TestSupport
import Testing

@Suite("Decoding")
struct AudioDecoderTests {
    // MARK: - Depths and channels

    @Test("PCM of every depth", arguments: [8, 16, 24, 32] as [UInt16])
    func depths(_ bits: UInt16) throws {
        // 0, +1/2 and -1/2 of full scale; 8-bit WAV is unsigned.
        let halves: [[UInt8]] = [0.0, 0.5, -0.5].map { value in
            let scaled = Int32(value * 2_147_483_648.0)
            let bytes = Array(little(scaled).suffix(Int(bits) / 8))
            return bits == 8 ? [UInt8(truncatingIfNeeded: Int(Int8(bitPattern: bytes[0])) + 128)] : bytes
        }
        let waveform = try AudioDecoder.decode(WAVFile(bitsPerSample: bits, data: halves.flatMap(\.self)).bytes)
        #expect(waveform == Waveform(samples: [0, 0.5, -0.5], sampleRateInHz: 16_000))
    }

    @Test("floats of 32 and 64 bits, brought back to full scale")
    func floats() throws {
        let values: [Float] = [0.25, -1, 1.5, -3e38, 1e-37]
        let expected: [Float] = [0.25, -1, 1, -1, 1e-37]
        let single = WAVFile(formatTag: 3, bitsPerSample: 32, data: little(values))
        #expect(try AudioDecoder.decode(single.bytes).samples == expected)
        let double = WAVFile(formatTag: 3, bitsPerSample: 64, data: values.flatMap { little(Double($0).bitPattern) })
        #expect(try AudioDecoder.decode(double.bytes).samples == expected)
    }

    @Test("channels are averaged", arguments: [2, 3, 8] as [UInt16])
    func channels(_ count: UInt16) throws {
        let frames: [[Float]] = [
            (0..<count).map { Float($0) / 16 }, [Float](repeating: 0.5, count: Int(count)),
        ]
        let file = WAVFile(formatTag: 3, channels: count, bitsPerSample: 32, data: little(frames.flatMap(\.self)))
        let samples = try AudioDecoder.decode(file.bytes).samples
        #expect(samples.count == 2)
        #expect(abs(samples[0] - Float(count - 1) / 32) < 1e-6 && abs(samples[1] - 0.5) < 1e-6)
    }

    @Test("one sample, and the highest rate")
    func smallest() throws {
        let file = WAVFile(sampleRateInHz: 96_000, data: little(Int16(16_384)))
        #expect(try AudioDecoder.decode(file.bytes) == Waveform(samples: [0.5], sampleRateInHz: 96_000))
    }

    // MARK: - Refusals

    @Test("values that are no numbers are refused, with their place", arguments: [Float.nan, .infinity, -.infinity])
    func notFinite(_ value: Float) {
        let values: [Float] = [0, 0, 0, 0, value, 0, .nan]
        let mono = WAVFile(formatTag: 3, bitsPerSample: 32, data: little(values))
        #expect(throws: AudioError.notFinite(index: 4)) { try AudioDecoder.decode(mono.bytes) }
        let stereo = WAVFile(formatTag: 3, channels: 2, bitsPerSample: 32, data: little([0, 0] + values + [0]))
        #expect(throws: AudioError.notFinite(index: 3)) { try AudioDecoder.decode(stereo.bytes) }
    }

    @Test("files without sound")
    func nothing() {
        #expect(throws: AudioError.emptyFile) { try AudioDecoder.decode([]) }
        #expect(throws: AudioError.noSamples) { try AudioDecoder.decode(WAVFile().bytes) }
    }

    @Test(
        "files that are not audio", arguments: ["a", "Dear teacher, here is my recording.", "<html>", "RIFF", "OggX"])
    func notAudio(_ text: String) {
        #expect(throws: AudioError.notAudio) { try AudioDecoder.decode(Array(text.utf8)) }
    }

    @Test("formats that libsndfile knows and we do not want")
    func unwantedFormats() {
        let au = Array(".snd".utf8) + [0, 0, 0, 24, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0x1F, 0x40, 0, 0, 0, 1, 1, 2]
        #expect(throws: AudioError.notAudio) { try AudioDecoder.decode(au) }
    }

    @Test("absurd rates and channel counts")
    func absurd() {
        for rate: UInt32 in [0, 1, 7_999, 96_001, 4_000_000_000] {
            let file = WAVFile(sampleRateInHz: rate, data: [0, 0])
            #expect(throws: AudioError.self) { try AudioDecoder.decode(file.bytes) }
        }
        #expect(throws: AudioError.unsupportedSampleRate(inHz: 7_999, allowed: 8_000...96_000)) {
            try AudioDecoder.decode(WAVFile(sampleRateInHz: 7_999, data: [0, 0]).bytes)
        }
        #expect(throws: AudioError.tooManyChannels(count: 9, limit: 8)) {
            try AudioDecoder.decode(WAVFile(channels: 9, data: [UInt8](repeating: 0, count: 18)).bytes)
        }
        for channels: UInt16 in [0, 1_025, 65_535] {
            let file = WAVFile(channels: channels, data: [UInt8](repeating: 0, count: 1_024))
            #expect(throws: AudioError.self) { try AudioDecoder.decode(file.bytes) }
        }
    }

    @Test("limits of size and length")
    func limits() {
        let second = WAVFile(data: [UInt8](repeating: 1, count: 32_000)).bytes
        #expect(throws: AudioError.tooManyBytes(count: second.count, limit: 1_000)) {
            try AudioDecoder.decode(second, limits: AudioLimits(bytes: 1_000))
        }
        #expect(throws: AudioError.tooLong(limitInSeconds: 0.5)) {
            try AudioDecoder.decode(second, limits: AudioLimits(durationInSeconds: 0.5))
        }
        #expect(throws: Never.self) { try AudioDecoder.decode(second, limits: AudioLimits(durationInSeconds: 1)) }
    }

    // MARK: - Lies about length

    @Test("a header that promises more than there is")
    func promisesMore() {
        let file = WAVFile(data: [UInt8](repeating: 1, count: 16_000), declaredDataSize: 32_000)
        #expect(throws: AudioError.truncated(foundInMilliseconds: 500, promisedInMilliseconds: 1_000)) {
            try AudioDecoder.decode(file.bytes)
        }
        let huge = WAVFile(data: [1, 1], declaredDataSize: 0x7000_0000)
        #expect(throws: AudioError.self) { try AudioDecoder.decode(huge.bytes) }
    }

    @Test(
        "a recorder that streams cannot know the length",
        arguments: [0xFFFF_FFFF, 0x7FFF_FFFF, 0x7FFF_F000] as [UInt32])
    func streamed(_ size: UInt32) throws {
        let file = WAVFile(data: [UInt8](repeating: 1, count: 16_000), declaredDataSize: size)
        #expect(try AudioDecoder.decode(file.bytes).samples.count == 8_000)
    }

    @Test("bytes after the promised ones are not sound")
    func promisesLess() throws {
        let file = WAVFile(data: [UInt8](repeating: 1, count: 16_000), declaredDataSize: 8_000)
        #expect(try AudioDecoder.decode(file.bytes).samples.count == 4_000)
    }

    // MARK: - Files from other programs

    @Test(
        "what other programs write is read", .enabled(if: Program.isInstalled("sox", "ffmpeg")),
        arguments: ["x.ogg", "x.opus", "x.mp3", "x.flac", "x.wav"])
    func otherPrograms(_ name: String) throws {
        let source = try AudioEncoder.encode(
            Waveform(samples: Signals.sine(440, seconds: 2, rate: 48_000), sampleRateInHz: 48_000), as: .wav)
        let bytes = try Program.output(
            "ffmpeg",
            { ["-f", "wav", "-i", $0.appending(path: "input").path, "-ac", "2", $0.appending(path: name).path] },
            input: source, reading: name)
        let waveform = try AudioDecoder.decode(bytes)
        #expect(waveform.sampleRateInHz == 48_000)
        #expect(abs(waveform.durationInSeconds - 2) < 0.06)
        // Spreading one channel over two takes half of its power from each.
        #expect(abs(Signals.rms(Array(waveform.samples[10_000..<80_000])) - 0.25) < 0.02)
    }
}
