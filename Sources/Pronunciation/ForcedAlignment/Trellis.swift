/// A network of states that a recording passes through from left to right, and the likeliest way through it.
///
/// A *state* takes one frame or more; a *junction* takes none. The one edge into a state comes from the frame before, an
/// edge into a junction from the same frame, and from a node that was added earlier.
///
/// Source: Viterbi search as in Rabiner (1989), Proc. IEEE 77(2), section III.B; exact, nothing is pruned.
struct Trellis {
    struct Edge {
        var source: Int
        /// A log probability, at most 0.
        var cost: Float = 0
    }

    private enum Kind { case state(column: Int, stay: Float), junction }

    private var kinds: [Kind] = []
    private var edges: [[Edge]] = []
    private(set) var start = 0

    var nodeCount: Int { kinds.count }

    init() { start = addJunction([]) }

    /// - Parameters:
    ///   - column: Where a frame's row of scores says how likely the frame is in this state.
    ///   - stay: Log probability of another frame in the state.
    mutating func addState(column: Int, stay: Float, _ incoming: Edge) -> Int {
        kinds.append(.state(column: column, stay: stay))
        edges.append([incoming])
        return nodeCount - 1
    }

    mutating func addJunction(_ incoming: [Edge]) -> Int {
        precondition(incoming.count < 255, "A node has fewer than 255 edges.")
        kinds.append(.junction)
        edges.append(incoming)
        return nodeCount - 1
    }
}

extension Trellis {
    /// The likeliest way from the start to `end`.
    ///
    /// The steps of a short recording are all kept. Of a long recording of a long text only the nodes' scores are, once a
    /// block of frames, and the steps between are found again from the back.
    ///
    /// - Parameters:
    ///   - frameCount: Frames; each takes `columnCount` of `scores`.
    /// - Returns: The state of each frame, or `nil` where no way takes so few frames.
    /// - Complexity: O(frames · edges).
    func bestPath(frameCount: Int, scores: [Float], columnCount: Int, end: Int) -> [Int]? {
        guard frameCount > 0 else { return nil }
        let search = Search(self, scores: scores, columnCount: columnCount)
        let framesPerBlock = min(frameCount, max(256, Self.mostSteps / nodeCount))
        let blocks = stride(from: 0, to: frameCount, by: framesPerBlock).map {
            $0..<min($0 + framesPerBlock, frameCount)
        }
        var steps = [UInt8](repeating: 0, count: framesPerBlock * nodeCount)
        var checkpoints: [[Float]] = []
        var current = search.initial
        for frames in blocks {
            checkpoints.append(current)
            current = search.advanced(current, over: frames, steps: &steps)
        }
        guard current[end] > Search.never / 2 else { return nil }
        var path: [Int] = []
        var node = end
        for (frames, checkpoint) in zip(blocks, checkpoints).reversed() {
            if frames.upperBound < frameCount { _ = search.advanced(checkpoint, over: frames, steps: &steps) }
            node = search.trace(&path, from: node, frames: frames, steps: steps)
        }
        return path.reversed()
    }

    /// A byte each.
    private static let mostSteps = 2_000_000

    /// The network laid flat, so that a frame is one run over arrays.
    private struct Search {
        /// Below any sum of log probabilities.
        static let never: Float = -1e30
        /// Means that the frame before was in the same state.
        private static let stay = UInt8.max

        private struct State {
            var node, column: Int
            var stay: Float
            var entry: Edge
        }

        private var states: [State] = []
        /// Each with its edges.
        private var junctions: [(node: Int, edges: Range<Int>)] = []
        private var edges: [Edge] = []
        /// By node: where its edges begin.
        private var offsets: [Int] = []
        private var isState: [Bool] = []
        private let scores: [Float]
        private let columnCount: Int
        private(set) var initial: [Float]

        private var nodeCount: Int { isState.count }

        init(_ trellis: Trellis, scores: [Float], columnCount: Int) {
            (self.scores, self.columnCount) = (scores, columnCount)
            for (node, incoming) in trellis.edges.enumerated() {
                switch trellis.kinds[node] {
                case .state(let column, let stay):
                    states.append(State(node: node, column: column, stay: stay, entry: incoming[0]))
                    isState.append(true)
                case .junction:
                    junctions.append((node, edges.count..<edges.count + incoming.count))
                    isState.append(false)
                }
                offsets.append(edges.count)
                edges += incoming
            }
            var initial = [Float](repeating: Self.never, count: trellis.nodeCount)
            initial[trellis.start] = 0
            self.initial = initial
            // Before the first frame, too, junctions lead on to others.
            for junction in junctions where junction.node != trellis.start {
                initial[junction.node] = arrival(at: junction.edges, initial).score
            }
            self.initial = initial
        }

        /// The nodes' scores some frames later.
        ///
        /// - Parameter steps: Receives each frame's: by node, which edge was taken.
        func advanced(_ scores: [Float], over frames: Range<Int>, steps: inout [UInt8]) -> [Float] {
            var before = scores
            var after = scores
            for (index, frame) in frames.enumerated() {
                advance(before, to: &after, frame: frame, steps: &steps, at: index * nodeCount)
                swap(&before, &after)
            }
            return before
        }

        private func advance(
            _ before: [Float], to after: inout [Float], frame: Int, steps: inout [UInt8], at place: Int
        ) {
            let row = frame * columnCount
            for state in states {
                let stay = before[state.node] + state.stay
                let enter = before[state.entry.source] + state.entry.cost
                after[state.node] = (enter > stay ? enter : stay) + scores[row + state.column]
                steps[place + state.node] = enter > stay ? 0 : Self.stay
            }
            for junction in junctions {
                (after[junction.node], steps[place + junction.node]) = arrival(at: junction.edges, after)
            }
        }

        /// A junction takes what arrives in the same frame.
        private func arrival(at incoming: Range<Int>, _ scores: [Float]) -> (score: Float, step: UInt8) {
            var (best, step) = (Self.never, UInt8(0))
            for index in incoming {
                let value = scores[edges[index].source] + edges[index].cost
                if value > best { (best, step) = (value, UInt8(truncatingIfNeeded: index - incoming.lowerBound)) }
            }
            return (best, step)
        }

        /// Appends the states of some frames, last first.
        ///
        /// - Parameter node: Where the last of the frames ends.
        /// - Returns: Where the frame before the first ends.
        func trace(_ path: inout [Int], from node: Int, frames: Range<Int>, steps: [UInt8]) -> Int {
            var node = node
            for index in (0..<frames.count).reversed() {
                let row = index * nodeCount
                while !isState[node] { node = edges[offsets[node] + Int(steps[row + node])].source }
                path.append(node)
                let step = steps[row + node]
                if step != Self.stay { node = edges[offsets[node] + Int(step)].source }
            }
            return node
        }
    }
}
