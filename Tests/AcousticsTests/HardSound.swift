import Foundation

/// Sounds that use up an encoder's bits.
enum HardSound: String, CaseIterable, Sendable {
    case fullScaleNoise, square, sine, chirp, clicks

    func samples(rate: Int) -> [Float] {
        let count = 2 * rate
        switch self {
        case .fullScaleNoise:
            var generator = SeededGenerator(seed: 3)
            return (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
        case .square: return Signals.sine(300, seconds: 2, rate: rate).map { $0 >= 0 ? 1 : -1 }
        case .sine: return Signals.sine(1_000, seconds: 2, rate: rate, amplitude: 1)
        case .chirp:
            return (0..<count).map { index in
                let time = Double(index) / Double(rate)
                return Float(0.9 * sin(2 * .pi * (100 * time + 900 * time * time)))
            }
        case .clicks: return (0..<count).map { $0 % 5_000 == 2_500 ? 1 : 0 }
        }
    }

    /// A little below what is reached; one wrong coefficient in the filters costs more.
    ///
    /// What is left out above the last coded band is noise too: a tenth of white noise, more of a click.
    var leastFidelityInDB: Double {
        switch self {
        case .fullScaleNoise: 8
        case .square, .sine: 21
        case .chirp: 18.2
        case .clicks: 9
        }
    }
}
