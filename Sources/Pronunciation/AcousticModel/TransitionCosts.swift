#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How long each state of each phone usually lasts: the file `transition_matrices` of a CMU Sphinx model.
struct TransitionCosts: Sendable {
    /// Log probabilities of staying in a state for another frame and of leaving it.
    struct Costs: Hashable, Sendable { var stay, leave: Float }

    /// By codebook and state.
    private let costs: [Costs]

    init(_ file: ModelFile, codebookCount: Int) throws(AcousticModelError) {
        var file = file
        try file.skipHeader(through: "endhdr")
        let states = ModelDefinition.statesPerPhone
        let total = codebookCount * states * (states + 1)
        for expected in [0x1122_3344, codebookCount, states, states + 1, total] {
            guard try file.int32() == expected else { throw file.damaged("its matrices have another shape") }
        }
        let counts = try file.floats(total)
        costs = (0..<codebookCount * states).map { row in
            let state = row % states
            let (stay, leave) = (counts[row * (states + 1) + state], counts[row * (states + 1) + state + 1])
            return Costs(stay: log(stay / (stay + leave)), leave: log(leave / (stay + leave)))
        }
        guard costs.allSatisfy({ $0.stay.isFinite && $0.leave.isFinite }) else {
            throw file.damaged("it has states that are never left")
        }
    }

    subscript(codebook: Int, state: Int) -> Costs { costs[codebook * ModelDefinition.statesPerPhone + state] }
}
