internal import JSON

/// A small network over the sounds of a sentence that scores sounds, words and the sentence at once.
///
/// Each sound's figures and a vector of its own are brought to one width. A word is judged by the mean and the maximum of its sounds and the mean of all; the sentence by the mean and the
/// maximum of all, its own figures, and the words' scores.
///
/// Source: the joint training on sounds, words and sentences follows Gong et al. (2022), "Transformer-based multi-aspect
/// multi-granularity non-native English speaker pronunciation assessment", ICASSP, doi:10.1109/ICASSP43922.2022.9746743.
struct PhoneNetwork: Sendable {
    /// In units of their deviation in training.
    struct Output: Hashable {
        var phones: [Float]
        var words: [Float]
        /// In the order of ``ScoringWeights/sentenceScores``.
        var sentence: [Float]
    }

    private let width: Int
    private let input: DenseLayer
    /// By phone: what is added to its input.
    private let embeddings: [[Float]]
    private let phone: DenseLayer
    private let wordHidden: DenseLayer
    private let word: DenseLayer
    private let sentenceHidden: DenseLayer
    private let sentence: DenseLayer
    private let sentenceDirect: DenseLayer

    /// Mean, minimum and deviation of the words' scores.
    private static let wordFigureCount = 3

    init(
        _ json: JSONValue, width: Int, hidden: Int, phoneFigureCount: Int, sentenceFigureCount: Int, scoreCount: Int
    ) throws(ScoringWeightsError) {
        func layer(_ name: String, _ inputs: Int, _ outputs: Int) throws(ScoringWeightsError) -> DenseLayer {
            try DenseLayer(json[name], inputCount: inputs, outputCount: outputs, name: name)
        }
        self.width = width
        input = try layer("input", phoneFigureCount, width)
        guard let rows = json["embedding"]?.array?.map(\.floats), rows.count == Phone.allCases.count,
            rows.allSatisfy({ $0?.count == width })
        else { throw .invalid("each sound needs a vector of \(width)") }
        embeddings = rows.map { $0 ?? [] }
        phone = try layer("phone", width, 1)
        wordHidden = try layer("word_hidden", 3 * width, hidden)
        word = try layer("word", hidden, 1)
        sentenceHidden = try layer(
            "sentence_hidden", 2 * width + sentenceFigureCount + Self.wordFigureCount, hidden)
        sentence = try layer("sentence", hidden, scoreCount)
        sentenceDirect = try layer("sentence_direct", sentenceFigureCount, scoreCount)
    }

    /// - Parameters:
    ///   - phones: Each sound's place in `Phone.allCases`.
    ///   - figures: Each sound's standardised figures.
    ///   - words: Each word's sounds.
    ///   - sentenceFigures: The sentence's standardised figures.
    func score(phones: [Int], figures: [[Float]], words: [Range<Int>], sentenceFigures: [Float]) -> Output {
        let hidden = zip(phones, figures).map { phone, row in
            zip(input(row), embeddings[phone]).map { $0.0 + $0.1 }.rectified()
        }
        let all = hidden[...]
        let mean = Self.mean(all, width: width)
        let wordScores = words.map { range in
            let sounds = hidden[range]
            let inputs = Self.mean(sounds, width: width) + Self.maximum(sounds, width: width) + mean
            return word(wordHidden(inputs).rectified())[0]
        }
        let inputs = mean + Self.maximum(all, width: width) + sentenceFigures + Self.figures(of: wordScores)
        let scores = zip(sentence(sentenceHidden(inputs).rectified()), sentenceDirect(sentenceFigures))
        return Output(phones: hidden.map { phone($0)[0] }, words: wordScores, sentence: scores.map { $0.0 + $0.1 })
    }

    private static func mean(_ rows: ArraySlice<[Float]>, width: Int) -> [Float] {
        (0..<width).map { column in rows.reduce(0) { $0 + $1[column] } / Float(rows.count) }
    }

    private static func maximum(_ rows: ArraySlice<[Float]>, width: Int) -> [Float] {
        (0..<width).map { column in rows.reduce(-.infinity) { max($0, $1[column]) } }
    }

    private static func figures(of scores: [Float]) -> [Float] {
        let mean = scores.reduce(0, +) / Float(scores.count)
        let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(scores.count)
        return [mean, scores.min() ?? 0, (variance + 1e-4).squareRoot()]
    }
}
