#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The Gaussians of a phonetically tied model: for each phone and each stream of features a codebook of 128.
///
/// Kept as `scale` = 1/(σ√2) and `offset` = μ/(σ√2), eight Gaussians a vector, so that the exponent of one dimension is
/// (x · scale − offset)².
struct GaussianCodebooks: Sendable {
    static let densityCount = 128
    static let laneCount = 8
    static let vectorCount = densityCount / laneCount
    static let dimensionCount = 13
    static let streamCount = 3
    /// The least variance; smaller ones were never trained.
    private static let varianceFloor: Float = 1e-4

    let codebookCount: Int
    /// By codebook, stream, vector and dimension: scale, then offset.
    private let shapes: [SIMD8<Float>]
    /// By codebook, stream and vector: the logarithm of the density at its mean.
    private let peaks: [SIMD8<Float>]

    init(means: ModelFile, variances: ModelFile) throws(AcousticModelError) {
        let (means, count) = try Self.parameters(means)
        let variancesPath = variances
        let (variances, other) = try Self.parameters(variances)
        guard count == other else { throw variancesPath.damaged("it does not fit the means") }
        codebookCount = count
        var shapes: [SIMD8<Float>] = []
        var peaks: [SIMD8<Float>] = []
        for table in 0..<count * Self.streamCount {
            for vector in 0..<Self.vectorCount {
                var peak = SIMD8<Float>.zero
                for dimension in 0..<Self.dimensionCount {
                    var (scale, offset) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
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

    /// Densities of one stream of one codebook at one frame, relative to the likeliest of them.
    ///
    /// - Parameters:
    ///   - features: At least ``dimensionCount`` values.
    ///   - densities: Receives ``vectorCount`` vectors of values in 0...1.
    /// - Returns: The logarithm of the likeliest density.
    @inline(__always)
    func evaluate(
        codebook: Int, stream: Int, at features: UnsafePointer<Float>,
        into densities: UnsafeMutablePointer<SIMD8<Float>>
    ) -> Float {
        let table = codebook * Self.streamCount + stream
        var most = SIMD8<Float>(repeating: -.infinity)
        shapes.withUnsafeBufferPointer { shapes in
            peaks.withUnsafeBufferPointer { peaks in
                var shape = table * Self.vectorCount * Self.dimensionCount * 2
                for vector in 0..<Self.vectorCount {
                    var exponent = peaks[table * Self.vectorCount + vector]
                    for dimension in 0..<Self.dimensionCount {
                        let distance = features[dimension] * shapes[shape] - shapes[shape + 1]
                        exponent -= distance * distance
                        shape += 2
                    }
                    densities[vector] = exponent
                    most.replace(with: exponent, where: exponent .> most)
                }
            }
        }
        let peak = most.max()
        for vector in 0..<Self.vectorCount { densities[vector] = exponential(densities[vector] - peak) }
        return peak
    }
}

/// e^x for x ≤ 0 with a relative error below 2e-7; 0 below −87.
@inline(__always)
func exponential(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let bounded = x.replacing(with: SIMD8(repeating: -87), where: x .< -87)
    // Adding 1.5 · 2²³ rounds to a whole number and leaves it in the lowest bits.
    let shifted = bounded * 1.442_695_04 + 12_582_912
    let whole = shifted - 12_582_912
    let rest = (bounded - whole * 0.693_359_375) + whole * 2.121_944_4e-4
    var sum = SIMD8<Float>(repeating: 1.987_569_15e-4)
    sum = sum * rest + 1.398_199_95e-3
    sum = sum * rest + 8.333_451_9e-3
    sum = sum * rest + 4.166_579_6e-2
    sum = sum * rest + 1.666_666_55e-1
    sum = sum * rest + 5.000_000_1e-1
    sum = sum * rest * rest + rest + 1
    let power = (unsafeBitCast(shifted, to: SIMD8<Int32>.self) &<< 23) &+ 0x3F80_0000
    let result = sum * unsafeBitCast(power, to: SIMD8<Float>.self)
    return result.replacing(with: 0, where: x .< -87)
}
