import Acoustics
import Foundation
import TestSupport

/// Speech from two synthesisers that are not this project's code, without the silence at its ends.
enum Synthesised: String, CaseIterable, Sendable {
    case espeakEnglish
    case espeakKorean
    case flite

    static let areInstalled = Program.isInstalled("espeak-ng", "flite")

    func speech() throws -> Waveform {
        let bytes =
            switch self {
            case .espeakEnglish: try espeak("en-us", "The weather is lovely today. Let us go for a walk in the park.")
            case .espeakKorean: try espeak("ko", "안녕하세요. 오늘은 날씨가 정말 좋네요.")
            case .flite: try flite("She sells sea shells by the sea shore.")
            }
        return Self.trimmed(try AudioDecoder.decode(bytes))
    }

    private func espeak(_ voice: String, _ text: String) throws -> [UInt8] {
        try Program.output(
            "espeak-ng", { ["-v", voice, "-w", $0.appending(path: "speech.wav").path, text] }, reading: "speech.wav")
    }

    private func flite(_ text: String) throws -> [UInt8] {
        try Program.output(
            "flite", { ["-voice", "slt", "-t", text, "-o", $0.appending(path: "speech.wav").path] },
            reading: "speech.wav")
    }

    private static func trimmed(_ waveform: Waveform) -> Waveform {
        func isLoud(_ sample: Float) -> Bool { abs(sample) > 0.003 }
        guard let first = waveform.samples.firstIndex(where: isLoud),
            let last = waveform.samples.lastIndex(where: isLoud)
        else { return waveform }
        return Waveform(samples: Array(waveform.samples[first...last]), sampleRateInHz: waveform.sampleRateInHz)
    }
}

extension Waveform {
    /// With digital silence around it.
    func padded(before: Double, after: Double) -> Waveform {
        Waveform(
            samples: Signals.silence(seconds: before, rate: sampleRateInHz) + samples
                + Signals.silence(seconds: after, rate: sampleRateInHz),
            sampleRateInHz: sampleRateInHz)
    }

    /// With white noise so many dB below a level.
    func noisy(signalToNoiseInDB: Double, signalRMS: Double) -> Waveform {
        let noise = Signals.noise(rms: signalRMS / pow(10, signalToNoiseInDB / 20), count: samples.count)
        return Waveform(samples: Signals.sum(samples, noise), sampleRateInHz: sampleRateInHz)
    }
}
