/// The ways to read a sentence: its words in order, each in one of its pronunciations, silence or noise where it may be.
///
/// A lenient network also lets words be skipped, and anything be said between them.
struct SentenceNetwork {
    /// Log probability of a pause at a word boundary.
    private static let pauseCost: Float = -2.302_585_1
    /// What skipping a word costs, and beginning to say something else.
    private static let skipCost: Float = -20
    private static let strayCost: Float = -3

    /// Stands for the codebook of a segment that is no part of the sentence.
    static let stray = -1

    private(set) var trellis = Trellis()
    private(set) var end = 0
    /// By node: what it is part of; `nil` for junctions.
    private var places: [Place?] = [nil]

    private struct Place {
        var word: Int?
        var variant: Int
        /// Which phone of the pronunciation.
        var index: Int
        var phone: Phone?
        var codebook: Int
    }

    /// - Parameters:
    ///   - pronunciations: For each word at least one way to say it, each of at least one phone.
    ///   - strayColumn: For a lenient network, where a frame's row of scores says how likely it is something else.
    init(_ pronunciations: [[[Phone]]], model: AcousticModel, strayColumn: Int? = nil) {
        var boundary = addPause(after: trellis.start, model: model, strayColumn: strayColumn)
        for (word, variants) in pronunciations.enumerated() {
            let ends = variants.enumerated().map { variant, phones in
                var last = Trellis.Edge(source: boundary)
                for (index, phone) in phones.enumerated() {
                    let codebook = model.codebook(of: phone)
                    last = addPhone(
                        Place(word: word, variant: variant, index: index, phone: phone, codebook: codebook),
                        after: last, model: model)
                }
                return last
            }
            let skip = strayColumn == nil ? [] : [Trellis.Edge(source: boundary, cost: Self.skipCost)]
            let arrived = trellis.addJunction(ends + skip)
            places.append(nil)
            boundary = addPause(after: arrived, model: model, strayColumn: strayColumn)
        }
        end = boundary
    }

    private mutating func addPause(after node: Int, model: AcousticModel, strayColumn: Int?) -> Int {
        var exits = [model.silence, model.noise].map { codebook in
            addPhone(
                Place(word: nil, variant: 0, index: 0, phone: nil, codebook: codebook),
                after: Trellis.Edge(source: node, cost: Self.pauseCost), model: model)
        }
        if let strayColumn {
            let entry = Trellis.Edge(source: node, cost: Self.strayCost)
            exits.append(Trellis.Edge(source: trellis.addState(column: strayColumn, stay: 0, entry)))
            places.append(Place(word: nil, variant: 0, index: 0, phone: nil, codebook: Self.stray))
        }
        places.append(nil)
        return trellis.addJunction([Trellis.Edge(source: node)] + exits)
    }

    /// - Returns: The way out of the phone.
    private mutating func addPhone(_ place: Place, after edge: Trellis.Edge, model: AcousticModel) -> Trellis.Edge {
        var edge = edge
        for state in 0..<ModelDefinition.statesPerPhone {
            let column = PlainScores.column(codebook: place.codebook, state: state)
            let costs = model.transitions[place.codebook, state]
            edge = Trellis.Edge(source: trellis.addState(column: column, stay: costs.stay, edge), cost: costs.leave)
            places.append(place)
        }
        return edge
    }

    /// The codebooks that the network can reach.
    func codebooks(model: AcousticModel) -> Set<Int> { Set(places.compactMap { $0?.codebook }) }

    /// The likeliest reading; `nil` where the recording has fewer frames than the sentence has states.
    func align(_ scores: PlainScores) -> [PhoneSegment]? {
        align(scores.values, columnCount: scores.columnCount)
    }

    func align(_ scores: [Float], columnCount: Int) -> [PhoneSegment]? {
        let path = trellis.bestPath(
            frameCount: scores.count / columnCount, scores: scores, columnCount: columnCount, end: end)
        guard let path else { return nil }
        var segments: [PhoneSegment] = []
        var previous = -1
        for (frame, node) in path.enumerated() {
            guard let place = places[node] else { preconditionFailure("A frame is in a junction.") }
            // A phone begins where its first state is entered from another phone's.
            let isSame = previous >= 0 && (node == previous || node == previous + 1 && isSamePhone(node, previous))
            if isSame {
                segments[segments.count - 1].frames = segments[segments.count - 1].frames.lowerBound..<frame + 1
                if node != previous { segments[segments.count - 1].stateStarts.append(frame) }
            } else {
                segments.append(
                    PhoneSegment(
                        word: place.word, phone: place.phone, codebook: place.codebook, frames: frame..<frame + 1,
                        stateStarts: [frame]))
            }
            previous = node
        }
        return segments
    }

    private func isSamePhone(_ node: Int, _ other: Int) -> Bool {
        guard let one = places[node], let two = places[other] else { return false }
        return one.word == two.word && one.variant == two.variant && one.index == two.index
            && one.codebook == two.codebook
    }
}
