import Acoustics
import Foundation
import TestSupport

/// Sounds made from formulas.
enum Signals {
    static func sine(_ frequencyInHz: Double, seconds: Double, rate: Int, amplitude: Double = 0.5) -> [Float] {
        (0..<Int(seconds * Double(rate))).map {
            Float(amplitude * sin(2 * .pi * frequencyInHz * Double($0) / Double(rate)))
        }
    }

    /// White noise with a Gaussian distribution (Box–Muller).
    static func noise(rms: Double, count: Int, seed: UInt64 = 1) -> [Float] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let radius = sqrt(-2 * log(Double.random(in: .leastNonzeroMagnitude..<1, using: &generator)))
            return Float(rms * radius * cos(2 * .pi * Double.random(in: 0..<1, using: &generator)))
        }
    }

    static func silence(seconds: Double, rate: Int) -> [Float] {
        [Float](repeating: 0, count: Int(seconds * Double(rate)))
    }

    static func rms(_ samples: [Float]) -> Double {
        (samples.reduce(0) { $0 + Double($1) * Double($1) } / Double(samples.count)).squareRoot()
    }

    static func sum(_ left: [Float], _ right: [Float]) -> [Float] { zip(left, right).map(+) }
}
