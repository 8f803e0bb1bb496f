internal import Acoustics

/// Scores phones' states at some of a recording's frames.
struct SenoneEvaluator {
    /// By stream, place and dimension.
    private var features: [Float]
    private let distance: Int
    private let codebooks: GaussianCodebooks

    /// - Parameter frames: Which frame is at which place.
    init(_ cepstra: Cepstra, frames: some RandomAccessCollection<Int>, model: AcousticModel) {
        codebooks = model.codebooks
        // Frames are evaluated a few at once: some zeros behind the last may be, which nobody asks about.
        let count = GaussianCodebooks.dimensionCount
        distance = (frames.count + GaussianCodebooks.frameCount - 1) * count
        features = [Float](repeating: 0, count: cepstra.streams.count * distance)
        for (stream, values) in cepstra.streams.enumerated() {
            var place = stream * distance
            for frame in frames {
                for index in frame * count..<(frame + 1) * count {
                    features[place] = values[index]
                    place += 1
                }
            }
        }
    }

    /// - Parameter weights: ``AcousticModel/weights(of:)`` of the senones of one phone or several over the codebook.
    func scores(codebook: Int, weights: [Float], places: Range<Int>) -> SenoneScores {
        let group = GaussianCodebooks.frameCount
        let count = (places.count + group - 1) / group * group
        precondition(
            (places.lowerBound + count) * GaussianCodebooks.dimensionCount <= distance, "There are as many places.")
        let values = features.withUnsafeBufferPointer { features in
            codebooks.scores(
                codebook: codebook,
                at: features.baseAddress.unsafelyUnwrapped + places.lowerBound * GaussianCodebooks.dimensionCount,
                distance: distance, count: count, weights: weights)
        }
        return SenoneScores(values: values, places: places, rowLength: count)
    }
}

/// Natural logarithms of densities by senone and place.
struct SenoneScores {
    /// Rows of ``rowLength`` values, of which the first are those of the places.
    fileprivate let values: [Float]
    fileprivate let places: Range<Int>
    fileprivate let rowLength: Int

    subscript(senone: Int, place: Int) -> Float { values[senone * rowLength + place - places.lowerBound] }

    /// One senone's at all places.
    subscript(senone: Int) -> ArraySlice<Float> {
        values[senone * rowLength..<senone * rowLength + places.count]
    }
}
