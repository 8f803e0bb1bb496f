/// What English sounds like, sound by sound: the model `en-us` of CMU Sphinx, as Debian's pocketsphinx-en-us carries it.
///
/// Read once, never changed, shared by all who score.
package struct AcousticModel: Sendable {
    let definition: ModelDefinition
    let codebooks: GaussianCodebooks
    let transitions: TransitionCosts
    /// By codebook: the weights of its phone's states without regard to the phone's neighbours.
    let plainWeights: [[Float]]
    private let weights: MixtureWeights
    /// Codebook of each ``Phone``, in the order of `Phone.allCases`.
    private let codebookOfPhone: [Int]
    let silence: Int
    let noise: Int
    /// Codebooks of everything that can be heard but ``spokenNoise``, in the order of the model.
    let soundCodebooks: [Int]

    /// Where Debian puts the model.
    package static let standardFolder = "/usr/share/pocketsphinx/model/en-us/en-us"

    /// - Throws: ``AcousticModelError``.
    package init(folder: String = standardFolder) throws(AcousticModelError) {
        let mdef = try ModelFile(folder + "/mdef")
        definition = try ModelDefinition(mdef)
        codebooks = try GaussianCodebooks(
            means: try ModelFile(folder + "/means"), variances: try ModelFile(folder + "/variances"))
        weights = try MixtureWeights(try ModelFile(folder + "/sendump"), senoneCount: definition.senoneCount)
        transitions = try TransitionCosts(
            try ModelFile(folder + "/transition_matrices"), codebookCount: codebooks.codebookCount)
        let names = definition.names
        guard codebooks.codebookCount == names.count else { throw mdef.damaged("it does not fit the codebooks") }
        var found: [Int] = []
        for name in Phone.allCases.map(\.rawValue) + ["SIL", "+NSN+", "+SPN+"] {
            guard let index = names.firstIndex(of: name) else { throw mdef.damaged("it lacks the phone \(name)") }
            found.append(index)
        }
        let phones = Phone.allCases.count
        codebookOfPhone = Array(found[..<phones])
        (silence, noise) = (found[phones], found[phones + 1])
        let spokenNoise = found[phones + 2]
        soundCodebooks = names.indices.filter { $0 != spokenNoise }
        plainWeights = names.indices.map { [definition, weights] in weights.weights(of: definition.senones(of: $0)) }
    }

    func codebook(of phone: Phone) -> Int { codebookOfPhone[phone.index] }

    /// `nil` for silence and noise.
    func phone(ofCodebook codebook: Int) -> Phone? {
        codebookOfPhone.firstIndex(of: codebook).map { Phone.allCases[$0] }
    }

    /// The weights of some senones, by senone, stream and Gaussian.
    func weights(of senones: [Int]) -> [Float] { weights.weights(of: senones) }
}

extension Phone {
    /// The place in `Phone.allCases`.
    var index: Int { Self.places[self] ?? 0 }

    private static let places = Dictionary(uniqueKeysWithValues: Phone.allCases.enumerated().map { ($1, $0) })
}
