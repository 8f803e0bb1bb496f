internal import Acoustics
internal import CGaussians

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
            evaluator.evaluateAll(codebook: codebook, frames: 0..<frameCount) { evaluator, frame in
                let first = frame * columnCount + Self.column(codebook: codebook, state: 0)
                for (state, weights) in senones.enumerated() {
                    values[first + state] = evaluator.score(weights, at: frame)
                }
            }
        }
    }

    subscript(frame: Int, column: Int) -> Float { values[frame * columnCount + column] }
}

/// Evaluates one codebook at one frame or a few, then any senones over it.
struct SenoneEvaluator {
    private let cepstra: Cepstra
    private let codebooks: GaussianCodebooks
    /// By frame, stream and Gaussian.
    private var densities = [Float](repeating: 0, count: GaussianCodebooks.frameCount * GaussianCodebooks.stride)
    /// By frame: the sum of the streams' likeliest log densities.
    private var peaks = [Float](repeating: 0, count: GaussianCodebooks.frameCount)
    private var frames = 0..<0

    init(cepstra: Cepstra, model: AcousticModel) {
        (self.cepstra, codebooks) = (cepstra, model.codebooks)
    }

    /// Evaluates a codebook at frame after frame, and calls `body` after each.
    mutating func evaluateAll(codebook: Int, frames: Range<Int>, body: (Self, Int) -> Void) {
        var frame = frames.lowerBound
        while frame < frames.upperBound {
            let count = frames.upperBound - frame < GaussianCodebooks.frameCount ? 1 : GaussianCodebooks.frameCount
            evaluate(codebook: codebook, frames: frame..<frame + count)
            for frame in self.frames { body(self, frame) }
            frame += count
        }
    }

    mutating func evaluate(codebook: Int, frame: Int) { evaluate(codebook: codebook, frames: frame..<frame + 1) }

    private mutating func evaluate(codebook: Int, frames: Range<Int>) {
        self.frames = frames
        densities.withUnsafeMutableBufferPointer { densities in
            peaks.withUnsafeMutableBufferPointer { peaks in
                guard let densities = densities.baseAddress, let likeliest = peaks.baseAddress else { return }
                peaks.update(repeating: 0)
                for stream in 0..<GaussianCodebooks.streamCount {
                    cepstra.streams[stream].withUnsafeBufferPointer { values in
                        guard let features = values.baseAddress else { return }
                        codebooks.evaluate(
                            codebook: codebook, stream: stream,
                            at: features + frames.lowerBound * GaussianCodebooks.dimensionCount, count: frames.count,
                            into: densities + stream * GaussianCodebooks.densityCount, likeliest: likeliest)
                    }
                }
            }
        }
    }

    /// The logarithm of a senone's density at one of the evaluated frames.
    ///
    /// The streams' mixtures are multiplied before the one logarithm: each is at least the least weight, 5e-12, so the
    /// product of three stays within a Float's range.
    func score(_ weights: [Float], at frame: Int) -> Float {
        let place = frame - frames.lowerBound
        let product = densities.withUnsafeBufferPointer { densities in
            weights.withUnsafeBufferPointer { weights in
                gaussian_mixtures(
                    densities.baseAddress.map { $0 + place * GaussianCodebooks.stride }, weights.baseAddress,
                    Int32(GaussianCodebooks.streamCount))
            }
        }
        return peaks[place] + log(product)
    }
}
