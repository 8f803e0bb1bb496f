internal import CInnerLoops

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

    package let count: Int
    /// ``count``, filled up to whole vectors: how many values a row of energies has.
    package let rowLength: Int
    /// By filter: its first bin.
    private var firstBins: [Int32]
    /// By filter: as many weights as the widest filter has, filled up to whole vectors.
    private var weights: [Float]
    private let width: Int

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
        let filters = (0..<count).map { Self.filter(Array(edges[$0...$0 + 2]), shape: shape, binInHz: binInHz) }
        self.count = count
        rowLength = Self.wholeVectors(count)
        width = Self.wholeVectors(filters.map(\.weights.count).max() ?? 0)
        firstBins = [Int32](repeating: 0, count: rowLength)
        weights = [Float](repeating: 0, count: rowLength * width)
        for (index, filter) in filters.enumerated() {
            // Zeros stand before the weights, where bins are sure to be.
            let first = max(0, filter.bins.upperBound + 1 - width)
            firstBins[index] = Int32(first)
            let place = index * width + filter.bins.lowerBound - first
            weights.replaceSubrange(place..<place + filter.weights.count, with: filter.weights)
        }
    }

    private static func wholeVectors(_ count: Int) -> Int {
        let lanes = Int(spectrum_lanes)
        return (count + lanes - 1) / lanes * lanes
    }

    /// Each triangle's energy in each of a recording's frames.
    ///
    /// - Returns: ``PowerFrames/frameCount`` rows of ``rowLength`` values; zeros follow the triangles'.
    /// - Precondition: The triangles lie within the bins of power frames.
    package func energies(of power: PowerFrames) -> [Float] {
        precondition(
            firstBins.allSatisfy { Int($0) + width <= PowerFrames.binCount }, "Spectra have the filters' bins.")
        return [Float](unsafeUninitializedCapacity: power.frameCount * rowLength) { energies, count in
            count = power.frameCount * rowLength
            filter_energies(
                power.values, Int32(power.frameCount), Int32(PowerFrames.binCount), firstBins, Int32(rowLength),
                weights, Int32(width), energies.baseAddress)
        }
    }

    private static func filter(
        _ edges: [Double], shape: Shape, binInHz: Double
    ) -> (bins: ClosedRange<Int>, weights: [Float]) {
        let (left, centre, right) = (edges[0], edges[1], edges[2])
        let bins = Int(left / binInHz)...Int(right / binInHz)
        let height = shape == .unitArea ? 2 / (right - left) : 1
        let weights = bins.map { bin in
            let frequency = Double(bin) * binInHz
            let rising = centre > left ? (frequency - left) / (centre - left) : 1
            let falling = right > centre ? (right - frequency) / (right - centre) : 1
            return Float(height * max(0, min(rising, falling)))
        }
        return (bins, weights)
    }

    private static func mel(_ frequencyInHz: Double) -> Double { 2595 * log10(1 + frequencyInHz / 700) }

    private static func frequencyInHz(mel: Double) -> Double { 700 * (pow(10, mel / 2595) - 1) }
}
