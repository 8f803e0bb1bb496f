internal import Acoustics

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How likely each frame is in each state of each phone, without regard to the phone's neighbours.
struct PlainScores {
    let frameCount: Int
    /// Columns a frame: three states of each of the model's phones, in its order.
    let columnCount: Int
    /// Natural logarithms of densities; −∞ in the columns of phones that were not asked for.
    private(set) var values: [Float]

    static func column(codebook: Int, state: Int) -> Int { codebook * ModelDefinition.statesPerPhone + state }

    /// - Parameter codebooks: The phones to score.
    /// - Complexity: O(frames · codebooks · 128 · 39).
    init(of cepstra: Cepstra, model: AcousticModel, codebooks: some Collection<Int>) {
        frameCount = cepstra.frameCount
        columnCount = model.definition.names.count * ModelDefinition.statesPerPhone
        values = [Float](repeating: -.infinity, count: frameCount * columnCount)
        var evaluator = SenoneEvaluator(cepstra: cepstra, model: model)
        for codebook in codebooks {
            let senones = model.definition.senones(of: codebook).map { model.weights(of: $0) }
            for frame in 0..<frameCount {
                evaluator.evaluate(codebook: codebook, frame: frame)
                let first = frame * columnCount + Self.column(codebook: codebook, state: 0)
                for (state, weights) in senones.enumerated() { values[first + state] = evaluator.score(weights) }
            }
        }
    }

    subscript(frame: Int, column: Int) -> Float { values[frame * columnCount + column] }
}

/// Evaluates one codebook at one frame, then any senones over it.
struct SenoneEvaluator {
    private let cepstra: Cepstra
    private let codebooks: GaussianCodebooks
    private var densities = [SIMD8<Float>](
        repeating: .zero, count: GaussianCodebooks.streamCount * GaussianCodebooks.vectorCount)
    /// The sum of the streams' likeliest log densities.
    private var peak: Float = 0

    init(cepstra: Cepstra, model: AcousticModel) {
        (self.cepstra, codebooks) = (cepstra, model.codebooks)
    }

    mutating func evaluate(codebook: Int, frame: Int) {
        var sum: Float = 0
        densities.withUnsafeMutableBufferPointer { densities in
            guard let start = densities.baseAddress else { return }
            for stream in 0..<GaussianCodebooks.streamCount {
                cepstra.streams[stream].withUnsafeBufferPointer { values in
                    guard let features = values.baseAddress else { return }
                    sum += codebooks.evaluate(
                        codebook: codebook, stream: stream, at: features + frame * Cepstra.coefficientCount,
                        into: start + stream * GaussianCodebooks.vectorCount)
                }
            }
        }
        peak = sum
    }

    /// The logarithm of a senone's density at the evaluated frame.
    ///
    /// The streams' mixtures are multiplied before the one logarithm: each is at least the least weight, 5e-12, so the
    /// product of three stays within a Float's range.
    func score(_ weights: [SIMD8<Float>]) -> Float {
        var product: Float = 1
        densities.withUnsafeBufferPointer { densities in
            weights.withUnsafeBufferPointer { weights in
                for stream in 0..<GaussianCodebooks.streamCount {
                    var sum = SIMD8<Float>.zero
                    for vector in stream * GaussianCodebooks.vectorCount..<(stream + 1) * GaussianCodebooks.vectorCount
                    {
                        sum += densities[vector] * weights[vector]
                    }
                    product *= sum.sum()
                }
            }
        }
        return peak + log(product)
    }
}
