internal import CScoringWeights
internal import JSON

/// What turns figures into scores: a ridge regression and a few small networks, averaged.
package struct ScoringWeights: Sendable {
    /// The scores of a sentence, in the order of the regressions' outputs.
    static let sentenceScores = ["accuracy", "fluency", "prosody", "overall"]

    /// Name and version, as in ``Assessment/scorer``.
    package let name: String
    /// Whose marks they were fitted to, and its licence.
    package let attribution: String
    let norms: DurationNorms
    package let frameNetwork: FrameNetwork
    let sentenceFigures: Standardiser
    let phoneFigures: Standardiser
    let ridge: DenseLayer
    /// How much the ridge regression counts beside the networks, 0...1.
    let ridgeShare: Float
    let networks: [PhoneNetwork]
    /// The logit of a recording being the sentence, and the least that is taken for it.
    let resemblance: DenseLayer
    let resemblanceFloor: Float
    let sentenceScale: [Scale]
    let wordScale: Scale
    let phoneScale: Scale

    /// From units of a deviation to the experts' marks.
    struct Scale: Sendable {
        let mean: Float
        let deviation: Float

        func callAsFunction(_ value: Float) -> Float { mean + value * deviation }
    }

    /// The weights that the program carries.
    package static func builtIn() throws(ScoringWeightsError) -> ScoringWeights {
        var count = 0
        guard let bytes = scoring_weights(&count) else { throw .invalid("the program carries none") }
        return try ScoringWeights(Array(UnsafeBufferPointer(start: bytes, count: count)))
    }

    /// - Parameter bytes: A file that `Training/train` wrote.
    package init(_ bytes: [UInt8]) throws(ScoringWeightsError) {
        let json: JSONValue
        do { json = try JSONValue(parsing: bytes) } catch { throw .invalid(error.description) }
        try self.init(json)
    }

    private init(_ json: JSONValue) throws(ScoringWeightsError) {
        guard let name = json["name"]?.string, let attribution = json["attribution"]?.string,
            let width = json["width"]?.int, let hidden = json["hidden"]?.int, let share = json["ridge_share"]?.double,
            let networks = json["networks"]?.array, !networks.isEmpty
        else { throw .invalid("its name, attribution, sizes or networks are missing") }
        (self.name, self.attribution, ridgeShare) = (name, attribution, Float(share))
        norms = try Self.norms(json["norms"])
        frameNetwork = try FrameNetwork(json["frame_network"])
        sentenceFigures = try Standardiser(json["sentence_figures"], name: "sentences")
        phoneFigures = try Standardiser(json["phone_figures"], name: "sounds")
        let counts = (phones: phoneFigures.names.count, sentences: sentenceFigures.names.count)
        let scoreCount = Self.sentenceScores.count
        ridge = try DenseLayer(
            json["ridge"], inputCount: counts.sentences, outputCount: scoreCount, name: "ridge")
        resemblance = try DenseLayer(
            json["resemblance"], inputCount: counts.sentences, outputCount: 1, name: "resemblance")
        guard let floor = json["resemblance"]?["floor"]?.double else { throw .invalid("resemblance has no floor") }
        resemblanceFloor = Float(floor)
        var read: [PhoneNetwork] = []
        for network in networks {
            read.append(
                try PhoneNetwork(
                    network, width: width, hidden: hidden, phoneFigureCount: counts.phones,
                    sentenceFigureCount: counts.sentences, scoreCount: scoreCount))
        }
        self.networks = read
        sentenceScale = try Self.scales(json["sentence_scale"], count: scoreCount)
        wordScale = try Self.scales(json["word_scale"], count: 1)[0]
        phoneScale = try Self.scales(json["phone_scale"], count: 1)[0]
    }

    private static func norms(_ json: JSONValue?) throws(ScoringWeightsError) -> DurationNorms {
        guard let means = json?["means"]?.floats, let deviations = json?["deviations"]?.floats,
            means.count == Phone.allCases.count, deviations.count == means.count, deviations.allSatisfy({ $0 > 0 })
        else { throw .invalid("each sound needs a usual length") }
        return DurationNorms(means: means.map(Double.init), deviations: deviations.map(Double.init))
    }

    private static func scales(_ json: JSONValue?, count: Int) throws(ScoringWeightsError) -> [Scale] {
        guard let means = json?["mean"]?.floats, let deviations = json?["sd"]?.floats, means.count == count,
            deviations.count == count
        else { throw .invalid("a score has no mean and deviation") }
        return zip(means, deviations).map { Scale(mean: $0, deviation: $1) }
    }
}
