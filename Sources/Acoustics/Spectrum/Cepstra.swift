internal import CInnerLoops

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
        frameCount = power.frameCount
        var logs = filters.energies(of: power)
        for index in logs.indices { logs[index] = max(logs[index], Self.floor) }
        natural_logarithms(&logs, Int32(logs.count))
        let width = Int(layer_lanes)
        var rows = [Float](repeating: 0, count: frameCount * width)
        layer_sums(
            logs, Int32(frameCount), Int32(filters.rowLength), Int32(Self.filterCount), Self.transform, Int32(width),
            &rows)
        var values: [Float] = []
        values.reserveCapacity(frameCount * Self.coefficientCount)
        for row in stride(from: 0, to: rows.count, by: width) { values += rows[row..<row + Self.coefficientCount] }
        means = Self.centre(&values)
        streams = [values, Self.firstDifferences(values), Self.secondDifferences(values)]
    }

    /// Lifter and DCT as one layer: ``filterCount`` rows of ``coefficientCount``, filled up with zeros.
    private static let transform: [Float] = (0..<filterCount).flatMap { filter in
        (0..<Int(layer_lanes)).map { coefficient in
            guard coefficient < coefficientCount else { return 0 }
            let order = Double(coefficient)
            let norm = (coefficient == 0 ? 1.0 : 2.0).squareRoot() / Double(filterCount).squareRoot()
            let lifter = 1 + 11 * sin(.pi * order / 22)
            return Float(norm * lifter * cos(.pi * order * (Double(filter) + 0.5) / Double(filterCount)))
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
