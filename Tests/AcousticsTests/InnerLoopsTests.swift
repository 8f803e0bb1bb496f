import CInnerLoops
import Foundation
import TestSupport
import Testing

@Suite("Inner loops over sound")
struct InnerLoopsTests {
    private func random(_ count: Int, in range: ClosedRange<Float>) -> [Float] {
        var generator = SeededGenerator(seed: 9)
        return (0..<count).map { _ in Float.random(in: range, using: &generator) }
    }

    @Test("a filter's energy is the weighted sum of its bins", arguments: [16, 48])
    func energies(width: Int) {
        let (rows, bins, filters) = (3, 75, 32)
        let power = random(rows * bins, in: 0...9)
        let weights = random(filters * width, in: 0...1)
        let firstBins = (0..<filters).map { Int32(($0 * 7) % (bins - width + 1)) }
        var found = [Float](repeating: -1, count: rows * filters + 1)
        filter_energies(power, Int32(rows), Int32(bins), firstBins, Int32(filters), weights, Int32(width), &found)
        for index in 0..<rows * filters {
            let (row, filter) = (index / filters, index % filters)
            let expected = (0..<width).reduce(0.0) {
                let bin = row * bins + Int(firstBins[filter]) + $1
                return $0 + Double(power[bin]) * Double(weights[filter * width + $1])
            }
            #expect(abs(Double(found[index]) / expected - 1) < 1e-6)
        }
        #expect(found.last == -1)
    }

    @Test("logarithms, from the least normal number to the greatest")
    func logarithms() {
        let edges: [Float] = [
            .leastNormalMagnitude, 1e-4, 1, Float(1).nextUp, Float(1).nextDown, 0.707_106_8, 2,
            .greatestFiniteMagnitude,
        ]
        let values = edges + random(64, in: 0.5...2) + random(56, in: -87...88).map { Float(exp(Double($0))) }
        var found = values + [-1]
        natural_logarithms(&found, Int32(values.count))
        for (value, logarithm) in zip(values, found) {
            let expected = log(Double(value))
            #expect(abs(Double(logarithm) - expected) < 1e-7 + 1.2e-7 * abs(expected), "\(value)")
        }
        #expect(found.last == -1)
    }

    @Test("differences at each lag are sums of squares", arguments: [16, 48, 80])
    func differences(lags: Int) {
        let window = 37
        let samples = random(window + lags, in: -1...1)
        var found = [Float](repeating: -1, count: lags + 1)
        lag_differences(samples, Int32(window), Int32(lags), &found)
        for lag in 0..<lags {
            let expected = (0..<window).reduce(0.0) { sum, index in
                let difference = Double(samples[index + lag]) - Double(samples[index])
                return sum + difference * difference
            }
            #expect(abs(Double(found[lag]) - expected) < 1e-5)
        }
        #expect(found.last == -1)
    }
}
