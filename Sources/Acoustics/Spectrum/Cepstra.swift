#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Mel-frequency cepstral coefficients of a recording, with their first and second differences.
///
/// 25 triangles from 130 to 6,800 Hz, orthonormal DCT-II to 13 coefficients, lifter 1 + 11 · sin(πi/22), the recording's
/// mean subtracted. Δ[t] = c[t+2] − c[t−2]; ΔΔ[t] = (c[t+3] − c[t−1]) − (c[t+1] − c[t−3]); edges repeat.
///
/// Source: Davis & Mermelstein (1980); the figures are those of the CMU Sphinx model `en-us` (its feat.params).
package struct Cepstra: Sendable {
    package static let coefficientCount = 13
    /// Cepstra, first and second differences.
    package static let streamCount = 3
    package let frameCount: Int
    /// By stream: `frameCount` rows of ``coefficientCount`` values.
    package let streams: [[Float]]
    /// Each coefficient's mean over the recording, which was subtracted.
    package let means: [Float]

    private static let filterCount = 25
    private static let floor: Float = 1e-4

    /// - Parameter warp: Factor on the filters' edges: above 1 for a shorter vocal tract than an adult man's.
    package init(of power: PowerFrames, warp: Double) {
        let filters = MelFilterbank(
            count: Self.filterCount, bandInHz: 130...6_800, shape: .unitArea, warp: warp, highestEdgeInHz: 7_900,
            binInHz: PowerFrames.binInHz)
        var values: [Float] = []
        values.reserveCapacity(power.frameCount * Self.coefficientCount)
        var energies: [Float] = []
        for frame in 0..<power.frameCount {
            filters.energies(of: power[frame].span, into: &energies)
            let logs = energies.map { log(max($0, Self.floor)) }
            for row in Self.transform {
                values.append(zip(row, logs).reduce(0) { $0 + $1.0 * $1.1 })
            }
        }
        frameCount = power.frameCount
        means = Self.centre(&values)
        streams = [values, Self.firstDifferences(values), Self.secondDifferences(values)]
    }

    /// Lifter and DCT as one matrix: ``coefficientCount`` rows of ``filterCount``.
    private static let transform: [[Float]] = (0..<coefficientCount).map { coefficient in
        let order = Double(coefficient)
        let norm = (coefficient == 0 ? 1.0 : 2.0).squareRoot() / Double(filterCount).squareRoot()
        let lifter = 1 + 11 * sin(.pi * order / 22)
        return (0..<filterCount).map { filter in
            Float(norm * lifter * cos(.pi * order * (Double(filter) + 0.5) / Double(filterCount)))
        }
    }

    private static func centre(_ values: inout [Float]) -> [Float] {
        let frames = values.count / coefficientCount
        return (0..<coefficientCount).map { coefficient in
            var sum = 0.0
            for frame in 0..<frames { sum += Double(values[frame * coefficientCount + coefficient]) }
            let mean = Float(sum / Double(max(1, frames)))
            for frame in 0..<frames { values[frame * coefficientCount + coefficient] -= mean }
            return mean
        }
    }

    private static func firstDifferences(_ values: [Float]) -> [Float] {
        combine(values, [(2, 1), (-2, -1)])
    }

    private static func secondDifferences(_ values: [Float]) -> [Float] {
        combine(values, [(3, 1), (-1, -1), (1, -1), (-3, 1)])
    }

    private static func combine(_ values: [Float], _ terms: [(offset: Int, sign: Float)]) -> [Float] {
        let frames = values.count / coefficientCount
        var result = [Float](repeating: 0, count: values.count)
        for frame in 0..<frames {
            for (offset, sign) in terms {
                let source = min(max(frame + offset, 0), frames - 1) * coefficientCount
                for coefficient in 0..<coefficientCount {
                    result[frame * coefficientCount + coefficient] += sign * values[source + coefficient]
                }
            }
        }
        return result
    }
}
