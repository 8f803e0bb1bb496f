internal import Acoustics
internal import CInnerLoops

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
    private let scoredCodebooks: [Int]

    static func column(codebook: Int, state: Int) -> Int { codebook * ModelDefinition.statesPerPhone + state }

    /// - Parameters:
    ///   - codebooks: The phones to score.
    ///   - known: Scores of the same cepstra, which are not made again.
    /// - Complexity: O(frames · codebooks · 128 · 39).
    init(of cepstra: Cepstra, model: AcousticModel, codebooks: [Int], known: PlainScores? = nil) {
        frameCount = cepstra.frameCount
        columnCount = model.definition.names.count * ModelDefinition.statesPerPhone
        scoredCodebooks = codebooks
        values = known?.values ?? [Float](repeating: -.infinity, count: frameCount * columnCount)
        var evaluator = SenoneEvaluator(cepstra: cepstra, model: model)
        let runs = SenoneEvaluator.runs(of: 0..<frameCount)
        for codebook in codebooks where known?.scoredCodebooks.contains(codebook) != true {
            let senones = model.definition.senones(of: codebook).flatMap { model.weights(of: $0) }
            for frames in runs {
                evaluator.evaluate(codebook: codebook, frames: frames)
                for frame in frames {
                    let first = frame * columnCount + Self.column(codebook: codebook, state: 0)
                    for state in 0..<ModelDefinition.statesPerPhone {
                        values[first + state] = evaluator.score(senones, index: state, at: frame)
                    }
                }
            }
        }
    }

    subscript(frame: Int, column: Int) -> Float { values[frame * columnCount + column] }
}

/// Evaluates one codebook at one frame or a few, then any senones over it.
struct SenoneEvaluator {
    /// By stream, frame and dimension.
    private let features: [Float]
    private let distance: Int
    private let codebooks: GaussianCodebooks
    /// By frame, stream and Gaussian.
    private var densities = [GaussianCodebooks.Lanes](
        repeating: .zero, count: GaussianCodebooks.frameCount * GaussianCodebooks.stride / GaussianCodebooks.laneCount)
    /// By frame: the sum of the streams' likeliest log densities.
    private var peaks = [Float](repeating: 0, count: GaussianCodebooks.frameCount)
    private var frames = 0..<0

    init(cepstra: Cepstra, model: AcousticModel) {
        (features, distance) = (Array(cepstra.streams.joined()), cepstra.streams[0].count)
        codebooks = model.codebooks
    }

    /// Frames as they are best evaluated, a few at once.
    static func runs(of frames: Range<Int>) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var frame = frames.lowerBound
        while frame < frames.upperBound {
            let count = frames.upperBound - frame < GaussianCodebooks.frameCount ? 1 : GaussianCodebooks.frameCount
            runs.append(frame..<frame + count)
            frame += count
        }
        return runs
    }

    /// - Parameter frames: One of ``runs(of:)``, or any single frame.
    mutating func evaluate(codebook: Int, frames: Range<Int>) {
        self.frames = frames
        densities.withUnsafeMutableBytes { densities in
            peaks.withUnsafeMutableBufferPointer { peaks in
                let densities = densities.assumingMemoryBound(to: Float.self)
                guard let densities = densities.baseAddress, let likeliest = peaks.baseAddress else { return }
                peaks.update(repeating: 0)
                features.withUnsafeBufferPointer { features in
                    guard let features = features.baseAddress else { return }
                    codebooks.evaluate(
                        codebook: codebook, at: features + frames.lowerBound * GaussianCodebooks.dimensionCount,
                        distance: distance, count: frames.count, into: densities, likeliest: likeliest)
                }
            }
        }
    }

    /// The logarithm of the density, at one of the evaluated frames, of one of several senones.
    ///
    /// The streams' mixtures are multiplied before the one logarithm: each is at least the least weight, 5e-12, so the
    /// product of three stays within a Float's range.
    ///
    /// - Parameters:
    ///   - weights: One senone's behind another's.
    ///   - index: Which of them.
    func score(_ weights: [GaussianCodebooks.Lanes], index: Int = 0, at frame: Int) -> Float {
        let place = frame - frames.lowerBound
        let product = densities.withUnsafeBytes { densities in
            weights.withUnsafeBytes { weights in
                gaussian_mixtures(
                    densities.assumingMemoryBound(to: Float.self).baseAddress.map {
                        $0 + place * GaussianCodebooks.stride
                    },
                    weights.assumingMemoryBound(to: Float.self).baseAddress.map {
                        $0 + index * GaussianCodebooks.stride
                    }, Int32(GaussianCodebooks.streamCount))
            }
        }
        return peaks[place] + log(product)
    }
}
