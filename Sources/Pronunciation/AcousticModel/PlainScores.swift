internal import Acoustics

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
        let evaluator = SenoneEvaluator(cepstra, frames: 0..<frameCount, model: model)
        for codebook in codebooks where known?.scoredCodebooks.contains(codebook) != true {
            let scores = evaluator.scores(
                codebook: codebook, weights: model.plainWeights[codebook], places: 0..<frameCount)
            for frame in 0..<frameCount {
                for state in 0..<ModelDefinition.statesPerPhone {
                    values[frame * columnCount + Self.column(codebook: codebook, state: state)] = scores[state, frame]
                }
            }
        }
    }

    subscript(frame: Int, column: Int) -> Float { values[frame * columnCount + column] }
}
