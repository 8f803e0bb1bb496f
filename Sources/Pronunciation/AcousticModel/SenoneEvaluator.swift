internal import Acoustics
internal import CInnerLoops

/// Evaluates one codebook at a few frames, then any phones' states over it.
struct SenoneEvaluator {
    /// How many frames are evaluated at once.
    static let placeCount = GaussianCodebooks.frameCount

    /// By stream, place and dimension.
    private var features: [Float] = []
    private let distance: Int
    private let codebooks: GaussianCodebooks
    /// By place, stream and Gaussian.
    private var densities = [GaussianCodebooks.Lanes](
        repeating: .zero, count: placeCount * GaussianCodebooks.stride / GaussianCodebooks.laneCount)
    private var likeliest = [Float](repeating: 0, count: placeCount)
    /// By state and place.
    private var scores = [Float](repeating: 0, count: ModelDefinition.statesPerPhone * placeCount)
    private var first = 0

    /// - Parameter frames: Which frame is at which place.
    init(_ cepstra: Cepstra, frames: [Int], model: AcousticModel) {
        codebooks = model.codebooks
        // Beyond the last place are some that nobody asks about.
        let count = GaussianCodebooks.dimensionCount
        distance = (frames.count + Self.placeCount - 1) * count
        features.reserveCapacity(cepstra.streams.count * distance)
        for stream in cepstra.streams {
            for frame in frames { features += stream[frame * count..<(frame + 1) * count] }
            for _ in 1..<Self.placeCount { features += stream.suffix(count) }
        }
    }

    /// - Parameter place: The first of ``placeCount``; those beyond the last frame are of no meaning.
    mutating func evaluate(codebook: Int, from place: Int) {
        first = place
        densities.withUnsafeMutableBytes { densities in
            likeliest.withUnsafeMutableBufferPointer { likeliest in
                features.withUnsafeBufferPointer { features in
                    let densities = densities.assumingMemoryBound(to: Float.self)
                    guard let densities = densities.baseAddress, let likeliest = likeliest.baseAddress,
                        let features = features.baseAddress
                    else { return }
                    codebooks.evaluate(
                        codebook: codebook, at: features + place * GaussianCodebooks.dimensionCount,
                        distance: distance, into: densities, likeliest: likeliest)
                }
            }
        }
    }

    /// Scores a phone's states at the evaluated places.
    ///
    /// - Parameter weights: ``AcousticModel/weights(of:)`` of three senones over the evaluated codebook.
    mutating func score(_ weights: [GaussianCodebooks.Lanes]) {
        precondition(
            weights.count * GaussianCodebooks.laneCount == Int(gaussian_senones) * GaussianCodebooks.stride,
            "A phone has three states.")
        densities.withUnsafeBytes { densities in
            weights.withUnsafeBytes { weights in
                gaussian_scores(
                    densities.assumingMemoryBound(to: Float.self).baseAddress, likeliest,
                    weights.assumingMemoryBound(to: Float.self).baseAddress, &scores)
            }
        }
    }

    /// The natural logarithm of a scored state's density at one of the evaluated places.
    subscript(state: Int, place: Int) -> Float { scores[state * Self.placeCount + place - first] }
}
