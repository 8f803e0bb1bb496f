import Foundation

/// Ten seconds of sounds in which nobody speaks.
enum NotSpeech: String, CaseIterable, Sendable {
    case digitalSilence, dither, offset, hum, hiss, loudHiss, tone, melody, chord, clicks, rattle

    func samples(rate: Int) -> [Float] {
        let count = 10 * rate
        return switch self {
        case .digitalSilence: Signals.silence(seconds: 10, rate: rate)
        case .dither: Signals.noise(rms: 1 / 32_768, count: count)
        case .offset: Signals.noise(rms: 0.001, count: count).map { $0 + 0.4 }
        case .hum: harmonics(of: 50, count: 12, seconds: 10, rate: rate, amplitude: 0.1)
        case .hiss: Signals.noise(rms: 0.01, count: count)
        case .loudHiss: Signals.noise(rms: 0.2, count: count)
        case .tone: Signals.sine(440, seconds: 10, rate: rate)
        case .melody: [440, 494, 523, 587, 659].flatMap { Signals.sine($0, seconds: 2, rate: rate) }
        case .chord: harmonics(of: 220, count: 9, seconds: 10, rate: rate, amplitude: 0.05)
        case .clicks: (0..<count).map { $0 % (rate / 2) == rate / 4 ? 0.9 : 0 }
        case .rattle: (0..<count).map { $0 % (rate / 5) == rate / 10 ? 0.9 : 0 }
        }
    }

    private func harmonics(of base: Double, count: Int, seconds: Double, rate: Int, amplitude: Double) -> [Float] {
        (1...count).map { Signals.sine(base * Double($0), seconds: seconds, rate: rate, amplitude: amplitude) }
            .reduce(Signals.silence(seconds: seconds, rate: rate), Signals.sum)
    }
}
