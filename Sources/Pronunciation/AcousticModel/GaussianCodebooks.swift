internal import CInnerLoops

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The Gaussians of a phonetically tied model: for each phone and each stream of features a codebook of 128.
///
/// Kept as `scale` = 1/(σ√2) and `offset` = μ/(σ√2), sixteen Gaussians a vector, so that the exponent of one dimension is
/// (x · scale − offset)².
struct GaussianCodebooks: Sendable {
    typealias Lanes = SIMD16<Float>
    static let densityCount = 128
    static let laneCount = Lanes.scalarCount
    static let vectorCount = densityCount / laneCount
    static let dimensionCount = 13
    static let streamCount = 3
    /// The least variance; smaller ones were never trained.
    private static let varianceFloor: Float = 1e-4

    let codebookCount: Int
    /// By codebook, stream, vector and dimension: scale, then offset.
    private let shapes: [Lanes]
    /// By codebook, stream and vector: the logarithm of the density at its mean.
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
                        scale[lane] = 1 / (2 * variance).squareRoot()
                        offset[lane] = means[index] * scale[lane]
                        peak[lane] -= 0.5 * log(2 * .pi * variance)
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

    /// Adds the logarithms of each stream's likeliest density at one to four frames, and gives all relative to them.
    ///
    /// - Parameters:
    ///   - features: ``dimensionCount`` values a frame, of the first stream.
    ///   - distance: How many values after one stream's features the next one's begin.
    ///   - count: 1 or ``frameCount``.
    ///   - densities: Receives ``stride`` values in 0...1 for each frame.
    func evaluate(
        codebook: Int, at features: UnsafePointer<Float>, distance: Int, count: Int,
        into densities: UnsafeMutablePointer<Float>, likeliest: UnsafeMutablePointer<Float>
    ) {
        shapes.withUnsafeBytes { shapes in
            peaks.withUnsafeBytes { peaks in
                let shape = shapes.assumingMemoryBound(to: Float.self).baseAddress
                let peak = peaks.assumingMemoryBound(to: Float.self).baseAddress
                for stream in 0..<Self.streamCount {
                    let table = codebook * Self.streamCount + stream
                    gaussian_densities(
                        shape.map { $0 + table * Self.densityCount * Self.dimensionCount * 2 },
                        peak.map { $0 + table * Self.densityCount }, features + stream * distance, Int32(count),
                        densities + stream * Self.densityCount, Int32(Self.stride), likeliest)
                }
            }
        }
    }

    /// How many frames are evaluated at once.
    static let frameCount = Int(gaussian_points)
    /// Densities of all streams.
    static let stride = streamCount * densityCount
}
