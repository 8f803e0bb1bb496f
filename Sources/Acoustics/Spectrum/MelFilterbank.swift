#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Triangles, evenly spaced on the mel scale, for one warping of the frequency axis.
///
/// mel = 2595 · log₁₀(1 + f / 700). Edges are multiplied by the warp factor.
///
/// Source: Davis & Mermelstein (1980), IEEE Trans. ASSP 28(4); warping: Lee & Rose (1998), IEEE Trans. SAP 6(1).
package struct MelFilterbank: Sendable {
    package enum Shape: Sendable {
        /// Of area 1, with edges rounded to the spectrum's bins, as the trainer of the CMU Sphinx models has them.
        case unitArea
        /// Of height 1.
        case unitHeight
    }

    private struct Filter: Sendable {
        var firstBin: Int
        var weights: [Float]
    }

    private let filters: [Filter]

    /// - Parameters:
    ///   - count: Triangles.
    ///   - bandInHz: The lower edge of the first and the upper edge of the last.
    ///   - highestEdgeInHz: No edge lies beyond this, however far it is warped.
    package init(
        count: Int, bandInHz: ClosedRange<Double>, shape: Shape, warp: Double, highestEdgeInHz: Double,
        binInHz: Double
    ) {
        let (low, high) = (Self.mel(bandInHz.lowerBound), Self.mel(bandInHz.upperBound))
        let edges = (0...count + 1).map { index in
            let edge = Self.frequencyInHz(mel: low + (high - low) * Double(index) / Double(count + 1)) * warp
            let bounded = min(edge, highestEdgeInHz)
            return shape == .unitArea ? (bounded / binInHz).rounded() * binInHz : bounded
        }
        filters = (0..<count).map { Self.filter(Array(edges[$0...$0 + 2]), shape: shape, binInHz: binInHz) }
    }

    package var count: Int { filters.count }

    /// Each triangle's energy.
    package func energies(of power: Span<Float>, into energies: inout [Float]) {
        energies.removeAll(keepingCapacity: true)
        for filter in filters {
            var sum: Float = 0
            for (index, weight) in filter.weights.enumerated() { sum += weight * power[filter.firstBin + index] }
            energies.append(sum)
        }
    }

    private static func filter(_ edges: [Double], shape: Shape, binInHz: Double) -> Filter {
        let (left, centre, right) = (edges[0], edges[1], edges[2])
        let bins = Int(left / binInHz)...Int(right / binInHz)
        let height = shape == .unitArea ? 2 / (right - left) : 1
        let weights = bins.map { bin in
            let frequency = Double(bin) * binInHz
            let rising = centre > left ? (frequency - left) / (centre - left) : 1
            let falling = right > centre ? (right - frequency) / (right - centre) : 1
            return Float(height * max(0, min(rising, falling)))
        }
        return Filter(firstBin: bins.lowerBound, weights: weights)
    }

    private static func mel(_ frequencyInHz: Double) -> Double { 2595 * log10(1 + frequencyInHz / 700) }

    private static func frequencyInHz(mel: Double) -> Double { 700 * (pow(10, mel / 2595) - 1) }
}
