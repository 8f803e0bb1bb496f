import Acoustics
import TestSupport
import Testing

/// A cut-off upload must not be judged as if the learner had stopped speaking there.
@Suite("Recordings that were cut off")
struct CutOffRecordingTests {
    private static let withoutFFmpeg = FFmpeg(searchPath: "")

    /// A file that looks whole gets as far as needing ffmpeg.
    private static func isSeenToBeCut(_ bytes: [UInt8]) -> Bool {
        do throws(AudioError) {
            _ = try AudioDecoder.decode(bytes, ffmpeg: withoutFFmpeg)
            return false
        } catch {
            guard case .cutOff(bytes.count, let promised) = error else {
                return error == .emptyFile || error == .notAudio
            }
            return promised > bytes.count
        }
    }

    @Test(
        "never pass for whole, wherever they were cut", .enabled(if: Program.isInstalled("ffmpeg")),
        arguments: PhoneRecording.allCases)
    func cuts(_ format: PhoneRecording) throws {
        let whole = try format.make(from: PhoneRecording.tone(seconds: 0.6, rate: 48_000))
        #expect(!Self.isSeenToBeCut(whole))
        let unseen = (1..<whole.count).filter { !Self.isSeenToBeCut(Array(whole.prefix($0))) }
        // Between two pieces, of which a file without sizes has one every 20 ms.
        #expect(unseen.count < whole.count / 50, "\(unseen.count) of \(whole.count)")
        let length = try AudioDecoder.decode(whole).samples.count
        for (index, count) in unseen.enumerated() where !format.isStreamed || index % 6 == 0 {
            do throws(AudioError) {
                let waveform = try AudioDecoder.decode(Array(whole.prefix(count)))
                #expect(format.isStreamed && waveform.samples.count <= length, "\(count) of \(whole.count)")
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test("in AMR are seen to be, except between frames")
    func amr() {
        let whole = PhoneRecording.amr(frames: 4)
        let unseen = (6..<whole.count).filter { !Self.isSeenToBeCut(Array(whole.prefix($0))) }
        #expect(unseen == [6, 38, 70, 102])
    }

    @Test("say how much there should be")
    func sentence() {
        let bytes = Array("\0\0\0\u{10}ftypM4A \0\0\0\0".utf8) + [0, 0, 1, 0] + Array("mdat".utf8)
        #expect(throws: AudioError.cutOff(foundInBytes: 24, promisedInBytes: 272)) { try AudioDecoder.decode(bytes) }
        #expect(
            AudioError.cutOff(foundInBytes: 24, promisedInBytes: 272).description
                == "The audio file is cut off: it is 24 bytes long, and what it has begun would need 272.")
    }

    @Test(
        "differ from those with an absurd size, or with none",
        arguments: [
            ([0, 0, 0, 0], true), ([0, 0, 0, 7], true), ([0, 0, 0, 1], false), ([0xFF, 0xFF, 0xFF, 0xFF], false),
        ] as [([UInt8], Bool)])
    func absurdSizes(_ size: [UInt8], _ looksWhole: Bool) {
        let header = Array("\0\0\0\u{10}ftypM4A \0\0\0\0".utf8) + size + Array("mdat".utf8)
        #expect(Self.isSeenToBeCut(header) != looksWhole)
        // As a size of 64 bits, the largest is no size at all.
        let long = header + [UInt8](repeating: 0xFF, count: 8)
        #expect(Self.isSeenToBeCut(long) == (size == [0xFF, 0xFF, 0xFF, 0xFF]))
    }
}
