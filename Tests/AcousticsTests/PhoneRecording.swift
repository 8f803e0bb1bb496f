import Acoustics
import Foundation
import TestSupport
import Testing

/// Recordings in the formats of phones and browsers, made by ffmpeg.
enum PhoneRecording: String, CaseIterable, CustomTestStringConvertible {
    /// An iPhone's, with its index at the end.
    case m4a
    /// With its index at the beginning.
    case fastM4A
    /// Safari's: piece by piece.
    case fragmentedMP4
    case threeGP
    /// With sizes and a duration, as programs write it.
    case webM
    /// Chrome's: streamed, so nothing of it has a size.
    case streamedWebM
    case matroska
    case adts

    /// Whether a file that is cut between two pieces looks whole.
    var isStreamed: Bool { [.fragmentedMP4, .streamedWebM, .adts].contains(self) }

    var testDescription: String { rawValue }

    private var name: String {
        switch self {
        case .m4a, .fastM4A: "x.m4a"
        case .fragmentedMP4: "x.mp4"
        case .threeGP: "x.3gp"
        case .webM, .streamedWebM: "x.webm"
        case .matroska: "x.mkv"
        case .adts: "x.aac"
        }
    }

    private var options: [String] {
        switch self {
        case .m4a, .threeGP, .adts: ["-c:a", "aac"]
        case .fastM4A: ["-c:a", "aac", "-movflags", "+faststart"]
        case .fragmentedMP4:
            ["-c:a", "aac", "-movflags", "frag_keyframe+empty_moov+default_base_moof", "-frag_duration", "300000"]
        case .webM: ["-c:a", "libopus"]
        case .streamedWebM: ["-c:a", "libopus", "-live", "1"]
        case .matroska: ["-c:a", "flac"]
        }
    }

    /// A WAV file in this format.
    func make(from wav: [UInt8]) throws -> [UInt8] {
        let bytes = try Program.output(
            "ffmpeg",
            { ["-f", "wav", "-i", $0.appending(path: "input").path] + options + [$0.appending(path: name).path] },
            input: wav, reading: name)
        return self == .streamedWebM ? Self.withoutClusterSizes(bytes) : bytes
    }

    /// ffmpeg leaves out the size of a segment only.
    private static func withoutClusterSizes(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        var next = 0
        while let cluster = bytes[next...].firstRange(of: [0x1F, 0x43, 0xB6, 0x75]) {
            next = cluster.upperBound
            let length = bytes[next].leadingZeroBitCount + 1
            let unknown = [UInt8(0x1FF >> length)] + [UInt8](repeating: 0xFF, count: length - 1)
            bytes.replaceSubrange(next..<next + length, with: unknown)
        }
        return bytes
    }

    static func tone(seconds: Double, rate: Int) throws -> [UInt8] {
        try AudioEncoder.encode(
            Waveform(samples: Signals.sine(440, seconds: seconds, rate: rate), sampleRateInHz: rate), as: .wav)
    }

    /// AMR frames of 12.2 kbit/s, 20 ms each, with this in every byte.
    static func amr(frames: Int, filledWith byte: UInt8 = 0x5A) -> [UInt8] {
        let frame = [0x3C] + [UInt8](repeating: byte, count: 31)
        return Array("#!AMR\n".utf8) + (0..<frames).flatMap { _ in frame }
    }
}
