import Acoustics
import TestSupport
import Testing

@Suite("Damaged audio never crashes and never passes for whole")
struct DamagedAudioTests {
    private static let sound = Waveform(
        samples: Signals.sum(
            Signals.sine(330, seconds: 1.2, rate: 24_000, amplitude: 0.4), Signals.noise(rms: 0.02, count: 28_800)),
        sampleRateInHz: 24_000)

    @Test("cut at many points", arguments: AudioFormat.allCases)
    func cut(_ format: AudioFormat) throws {
        let whole = try AudioEncoder.encode(Self.sound, as: format)
        let length = try AudioDecoder.decode(whole).samples.count
        let cuts = Array(0..<200) + stride(from: 200, to: whole.count, by: max(1, whole.count / 300))
        for count in cuts {
            do throws(AudioError) {
                let waveform = try AudioDecoder.decode(Array(whole.prefix(count)))
                // MP3 and Ogg may lose a codec frame that nobody can miss.
                #expect([.mp3, .oggOpus].contains(format) && waveform.samples.count <= length, "\(format) at \(count)")
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test("a bit turned over anywhere", arguments: AudioFormat.allCases)
    func flipped(_ format: AudioFormat) throws {
        let whole = try AudioEncoder.encode(Self.sound, as: format)
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<400 {
            var bytes = whole
            let first = Bool.random(using: &generator) ? min(200, bytes.count) : bytes.count
            bytes[Int.random(in: 0..<first, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            expectSoundOrSentence(bytes)
        }
    }

    @Test(
        "random bytes behind every beginning that we know",
        arguments: ["", "RIFF\0\0\0\0WAVEfmt ", "fLaC\0\0\0\u{22}", "OggS", "ID3"])
    func random(_ beginning: String) {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            let count = Int.random(in: 0..<3_000, using: &generator)
            expectSoundOrSentence(
                Array(beginning.utf8) + (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        }
    }

    @Test("random bytes behind an MP3 frame header")
    func randomMP3() {
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<300 {
            let count = Int.random(in: 0..<3_000, using: &generator)
            expectSoundOrSentence(
                [0xFF, 0xFB, 0x90, 0x64] + (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        }
    }

    private func expectSoundOrSentence(_ bytes: [UInt8]) {
        do throws(AudioError) {
            let waveform = try AudioDecoder.decode(bytes, limits: AudioLimits(durationInSeconds: 60))
            #expect(!waveform.samples.isEmpty && waveform.samples.allSatisfy { abs($0) <= 1 })
        } catch {
            #expect(error.description.hasSuffix(".") || error.description.contains(": "))
        }
    }
}
