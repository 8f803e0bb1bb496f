internal import CInnerLoops

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The Gaussians of a phonetically tied model: for each phone and each stream of features a codebook of 128.
///
/// Kept as `scale` = √(log₂e / 2) / σ and `offset` = μ · `scale`, sixteen Gaussians a vector, so that one dimension takes
/// (x · scale − offset)² from a density's binary logarithm.
struct GaussianCodebooks: Sendable {
    typealias Lanes = SIMD16<Float>
    static let densityCount = 128
    static let laneCount = Lanes.scalarCount
    static let vectorCount = densityCount / laneCount
    static let dimensionCount = 13
    static let streamCount = 3
    /// The least variance; smaller ones were never trained.
    private static let varianceFloor: Float = 1e-4
    /// The binary logarithm of e.
    private static let bitsPerNat: Float = 1.442_695_04

    let codebookCount: Int
    /// By codebook, stream, vector and dimension: scale, then offset.
    private let shapes: [Lanes]
    /// By codebook, stream and vector: the binary logarithm of the density at its mean.
    private let peaks: [Lanes]

    init(means: ModelFile, variances: ModelFile) throws(AcousticModelError) {
        let (means, count) = try Self.parameters(means)
        let variancesPath = variances
        let (variances, other) = try Self.parameters(variances)
        guard count == other else { throw variancesPath.damaged("it does not fit the means") }
        codebookCount = count
        var shapes: [Lanes] = []
        var peaks: [Lanes] = []
        for table in 0..<count * Self.streamCount {
            for vector in 0..<Self.vectorCount {
                var peak = Lanes.zero
                for dimension in 0..<Self.dimensionCount {
                    var (scale, offset) = (Lanes.zero, Lanes.zero)
                    for lane in 0..<Self.laneCount {
                        let density = (table * Self.densityCount + vector * Self.laneCount + lane)
                        let index = density * Self.dimensionCount + dimension
                        let variance = max(variances[index], Self.varianceFloor)
                        scale[lane] = (Self.bitsPerNat / (2 * variance)).squareRoot()
                        offset[lane] = means[index] * scale[lane]
                        peak[lane] -= 0.5 * log2(2 * .pi * variance)
                    }
                    shapes += [scale, offset]
                }
                peaks.append(peak)
            }
        }
        (self.shapes, self.peaks) = (shapes, peaks)
    }

    /// Reads one of the files `means` and `variances`.
    private static func parameters(_ file: ModelFile) throws(AcousticModelError) -> (values: [Float], count: Int) {
        var file = file
        try file.skipHeader(through: "endhdr")
        guard try file.int32() == 0x1122_3344 else { throw file.damaged("its bytes are in the wrong order") }
        let count = try file.int32()
        for expected in [streamCount, densityCount, dimensionCount, dimensionCount, dimensionCount] {
            guard try file.int32() == expected else { throw file.damaged("its codebooks have another shape") }
        }
        let total = try file.int32()
        guard (1...1_000).contains(count), total == count * streamCount * densityCount * dimensionCount else {
            throw file.damaged("its codebooks do not add up")
        }
        let values = try file.floats(total)
        guard values.allSatisfy(\.isFinite) else { throw file.damaged("it holds values that are no numbers") }
        return (values, count)
    }

    /// Scores phones' states over one codebook.
    ///
    /// - Parameters:
    ///   - features: ``dimensionCount`` values a frame, of the first stream.
    ///   - distance: How many values after one stream's features the next one's begin.
    ///   - count: Frames, a multiple of ``frameCount``.
    ///   - weights: By state, stream and Gaussian; three states of each phone.
    /// - Returns: By state and frame: the natural logarithm of the density.
    func scores(
        codebook: Int, at features: UnsafePointer<Float>, distance: Int, count: Int, weights: [Float]
    ) -> [Float] {
        let stateCount = weights.count / Self.stride
        return [Float](unsafeUninitializedCapacity: stateCount * count) { scores, initialized in
            initialized = stateCount * count
            shapes.withUnsafeBytes { shapes in
                peaks.withUnsafeBytes { peaks in
                    let shape = shapes.assumingMemoryBound(to: Float.self).baseAddress
                    let peak = peaks.assumingMemoryBound(to: Float.self).baseAddress
                    gaussian_scores(
                        shape.map { $0 + codebook * Self.stride * Self.dimensionCount * 2 },
                        peak.map { $0 + codebook * Self.stride }, features, Int32(distance), Int32(count), weights,
                        Int32(stateCount / Int(gaussian_senones)), scores.baseAddress)
                }
            }
        }
    }

    /// How many frames are evaluated at once.
    static let frameCount = Int(gaussian_points)
    /// Densities of all streams.
    static let stride = streamCount * densityCount
}
