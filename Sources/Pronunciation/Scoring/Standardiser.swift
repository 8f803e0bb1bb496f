internal import JSON

/// Brings figures to mean 0 and deviation 1, as they were in training, and no farther than 4 deviations out.
struct Standardiser: Sendable {
    let names: [String]
    private let means: [Float]
    private let deviations: [Float]

    static let farthest: Float = 4

    init(_ json: JSONValue?, name: String) throws(ScoringWeightsError) {
        guard let names = json?["names"]?.array?.compactMap(\.string), let means = json?["mean"]?.floats,
            let deviations = json?["sd"]?.floats, means.count == names.count, deviations.count == names.count,
            deviations.allSatisfy({ $0 > 0 })
        else { throw .invalid("the figures of \(name) have no mean and deviation each") }
        (self.names, self.means, self.deviations) = (names, means, deviations)
    }

    func callAsFunction(_ features: [SentenceFeatures.Feature]) -> [Float] {
        zip(features, zip(means, deviations)).map { feature, norm in
            let value = (Float(feature.value) - norm.0) / norm.1
            return min(max(value, -Self.farthest), Self.farthest)
        }
    }

    /// Refuses weights that were fitted to other figures.
    func check(_ features: [SentenceFeatures.Feature]) throws(ScoringWeightsError) {
        guard features.map(\.name) == names else { throw .invalid("it was fitted to other figures than these") }
    }
}
