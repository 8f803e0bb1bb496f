internal import Acoustics

/// A sequence of phones whose sounds depend on their neighbours, and where each begins.
///
/// Borders are searched around those of an alignment without neighbours: exact within
/// ``reachInFrames`` of it.
struct TriphoneChain {
    /// How far a border may move.
    static let reachInFrames = 100

    private struct State {
        var codebook: Int
        var costs: TransitionCosts.Costs
        /// The frames in which it may be.
        var frames: Range<Int>
        var scores: [Float] = []
    }

    private let segments: [PhoneSegment]
    private var states: [State]

    init(_ segments: [PhoneSegment], cepstra: Cepstra, model: AcousticModel) {
        self.segments = segments
        states = segments.indices.flatMap { index in
            let segment = segments[index]
            let frames =
                max(
                    0, segment.frames.lowerBound - Self.reachInFrames)..<min(
                    cepstra.frameCount, segment.frames.upperBound + Self.reachInFrames)
            return (0..<ModelDefinition.statesPerPhone).map { state in
                State(
                    codebook: segment.codebook, costs: model.transitions[segment.codebook, state], frames: frames)
            }
        }
        score(cepstra, model: model)
    }

    private static func senones(of index: Int, in segments: [PhoneSegment], model: AcousticModel) -> [Int] {
        let segment = segments[index]
        guard segment.phone != nil else { return model.definition.senones(of: segment.codebook) }
        func neighbour(_ index: Int) -> PhoneSegment? { segments.indices.contains(index) ? segments[index] : nil }
        func context(_ segment: PhoneSegment?) -> Int { segment?.phone == nil ? model.silence : segment?.codebook ?? 0 }
        let (before, after) = (neighbour(index - 1), neighbour(index + 1))
        let isFirst = before?.word != segment.word
        let isLast = after?.word != segment.word
        let position: ModelDefinition.WordPosition =
            isFirst ? (isLast ? .only : .first) : (isLast ? .last : .inner)
        return model.definition.senones(
            of: segment.codebook, left: context(before), right: context(after), position: position)
    }

    /// Codebook by codebook, so that a sound that the sentence has several times is evaluated once a frame.
    private mutating func score(_ cepstra: Cepstra, model: AcousticModel) {
        let evaluator = SenoneEvaluator(cepstra, frames: 0..<cepstra.frameCount, model: model)
        let weights = segments.indices.map { model.weights(of: Self.senones(of: $0, in: segments, model: model)) }
        for (codebook, phones) in Dictionary(grouping: segments.indices, by: { segments[$0].codebook }) {
            // Between two borders the same phones are possible.
            let borders = Set(phones.map(frames).flatMap { [$0.lowerBound, $0.upperBound] }).sorted()
            for (first, last) in zip(borders, borders.dropFirst()) {
                let possible = phones.filter { frames(of: $0).contains(first) }
                guard !possible.isEmpty else { continue }
                let scores = evaluator.scores(
                    codebook: codebook, weights: possible.flatMap { weights[$0] }, places: first..<last)
                for (place, phone) in possible.enumerated() {
                    for state in 0..<ModelDefinition.statesPerPhone {
                        states[phone * ModelDefinition.statesPerPhone + state].scores +=
                            scores[place * ModelDefinition.statesPerPhone + state]
                    }
                }
            }
        }
    }

    private func frames(of phone: Int) -> Range<Int> { states[phone * ModelDefinition.statesPerPhone].frames }

    /// The likeliest borders, and each frame's score on the way.
    ///
    /// - Complexity: O(states · frames of a state).
    func align(frameCount: Int) -> (segments: [PhoneSegment], scores: [Float]) {
        var arrivals: [[Bool]] = states.map { [Bool](repeating: false, count: $0.frames.count) }
        var before: [Float] = []
        for (index, state) in states.enumerated() {
            var row = [Float](repeating: -.infinity, count: state.frames.count)
            for frame in state.frames {
                let place = frame - state.frames.lowerBound
                let stay = place > 0 ? row[place - 1] + state.costs.stay : -.infinity
                let enter = index == 0 ? (frame == 0 ? 0 : -.infinity) : score(before, of: index - 1, at: frame - 1)
                arrivals[index][place] = enter > stay
                row[place] = max(stay, enter) + state.scores[place]
            }
            before = row
        }
        return traced(arrivals, frameCount: frameCount)
    }

    private func score(_ row: [Float], of state: Int, at frame: Int) -> Float {
        guard states[state].frames.contains(frame) else { return -.infinity }
        return row[frame - states[state].frames.lowerBound] + states[state].costs.leave
    }

    private func traced(_ arrivals: [[Bool]], frameCount: Int) -> (segments: [PhoneSegment], scores: [Float]) {
        var segments = segments
        var scores = [Float](repeating: 0, count: frameCount)
        var state = states.count - 1
        var upper = frameCount
        for frame in (0..<frameCount).reversed() {
            let place = frame - states[state].frames.lowerBound
            scores[frame] = states[state].scores[place]
            guard arrivals[state][place] else { continue }
            if state % ModelDefinition.statesPerPhone == 0 {
                segments[state / ModelDefinition.statesPerPhone].frames = frame..<upper
                upper = frame
            }
            state -= 1
            if state < 0 { break }
        }
        return (segments, scores)
    }
}
