#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The cheapest way through all frames' candidates (Viterbi): one leap of an octave costs more than it gains.
struct PitchPath {
    private let search: PitchSearch
    private let jumpCost: Double
    private var columns: [[State]] = []

    /// One choice for one frame; `octave` is the pitch's logarithm to base 2, `nil` for unvoiced.
    private struct State {
        let pitchInHz: Double?
        let octave: Double
        var cost: Double
        var previous: Int
    }

    init(search: PitchSearch) {
        self.search = search
        jumpCost = search.octaveJumpCost * 0.01 / search.hopInSeconds
    }

    /// - Parameter isSilent: Being unvoiced is free then.
    mutating func append(candidates: [PitchCandidate], isSilent: Bool) {
        let top = log2(search.rangeInHz.upperBound)
        var column = [State(pitchInHz: nil, octave: 0, cost: isSilent ? 0 : search.voicingThreshold, previous: 0)]
        for candidate in candidates where search.rangeInHz.contains(candidate.pitchInHz) {
            let octave = log2(candidate.pitchInHz)
            let cost = candidate.difference + search.octaveCost * (top - octave)
            column.append(State(pitchInHz: candidate.pitchInHz, octave: octave, cost: cost, previous: 0))
        }
        if let before = columns.last { column = column.map { reached($0, from: before) } }
        columns.append(column)
    }

    private func reached(_ state: State, from before: [State]) -> State {
        let ways = before.map { $0.cost + transition(from: $0, to: state) }
        var best = 0
        for index in ways.indices where ways[index] < ways[best] { best = index }
        var state = state
        state.cost += ways[best]
        state.previous = best
        return state
    }

    private func transition(from old: State, to new: State) -> Double {
        switch (old.pitchInHz, new.pitchInHz) {
        case (nil, nil): 0
        case (nil, _), (_, nil): search.voicingChangeCost
        default: jumpCost * abs(old.octave - new.octave)
        }
    }

    /// One pitch a frame, `nil` for unvoiced.
    var cheapest: [Double?] {
        guard let last = columns.last else { return [] }
        var index = last.indices.min { last[$0].cost < last[$1].cost } ?? 0
        var pitches: [Double?] = []
        for column in columns.reversed() {
            pitches.append(column[index].pitchInHz)
            index = column[index].previous
        }
        return pitches.reversed()
    }
}
