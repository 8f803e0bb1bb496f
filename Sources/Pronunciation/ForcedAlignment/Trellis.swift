/// A network of states that a recording passes through from left to right, and the likeliest way through it.
///
/// A *state* takes one frame or more; a *junction* takes none. An edge into a state comes from the frame before, an
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
    mutating func addState(column: Int, stay: Float, _ incoming: [Edge]) -> Int {
        kinds.append(.state(column: column, stay: stay))
        edges.append(incoming)
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
    /// Scores of the nodes are kept every 256 frames, and the steps between are found again from the back, so that long
    /// recordings of long texts need little memory.
    ///
    /// - Parameters:
    ///   - frameCount: Frames; each takes `columnCount` of `scores`.
    /// - Returns: The state of each frame, or `nil` where no way takes so few frames.
    /// - Complexity: O(frames · edges).
    func bestPath(frameCount: Int, scores: [Float], columnCount: Int, end: Int) -> [Int]? {
        guard frameCount > 0 else { return nil }
        let search = Search(self, scores: scores, columnCount: columnCount)
        var current = search.initial
        var checkpoints: [[Float]] = []
        for frame in 0..<frameCount {
            if frame % Self.framesPerBlock == 0 { checkpoints.append(current) }
            current = search.advanced(current, frame: frame, steps: nil)
        }
        guard current[end] > Search.never / 2 else { return nil }
        var path: [Int] = []
        var node = end
        for block in checkpoints.indices.reversed() {
            let first = block * Self.framesPerBlock
            let frames = first..<min(first + Self.framesPerBlock, frameCount)
            node = search.trace(&path, from: node, frames: frames, initial: checkpoints[block])
        }
        return path.reversed()
    }

    private static let framesPerBlock = 256

    /// The network laid flat, so that a frame is one run over arrays.
    private struct Search {
        /// Below any sum of log probabilities.
        static let never: Float = -1e30
        /// Means that the frame before was in the same state.
        private static let stay = UInt8.max

        private var states: [(node: Int, column: Int, stay: Float)] = []
        private var junctions: [Int] = []
        private var isState: [Bool]
        private var offsets: [Int] = [0]
        private var sources: [Int] = []
        private var costs: [Float] = []
        private let scores: [Float]
        private let columnCount: Int
        private(set) var initial: [Float]

        init(_ trellis: Trellis, scores: [Float], columnCount: Int) {
            (self.scores, self.columnCount) = (scores, columnCount)
            isState = [Bool](repeating: false, count: trellis.nodeCount)
            for node in 0..<trellis.nodeCount {
                switch trellis.kinds[node] {
                case .state(let column, let stay):
                    states.append((node, column, stay))
                    isState[node] = true
                case .junction: junctions.append(node)
                }
                for edge in trellis.edges[node] {
                    sources.append(edge.source)
                    costs.append(edge.cost)
                }
                offsets.append(sources.count)
            }
            var initial = [Float](repeating: Self.never, count: trellis.nodeCount)
            initial[trellis.start] = 0
            self.initial = initial
            // Before the first frame, too, junctions lead on to others.
            settle(&initial, steps: nil)
            self.initial = initial
        }

        /// The nodes' scores one frame later.
        func advanced(_ before: [Float], frame: Int, steps: UnsafeMutablePointer<UInt8>?) -> [Float] {
            var after = [Float](repeating: Self.never, count: before.count)
            let row = frame * columnCount
            for (node, column, stay) in states {
                var (best, step) = (before[node] + stay, Self.stay)
                for index in offsets[node]..<offsets[node + 1] {
                    let value = before[sources[index]] + costs[index]
                    if value > best { (best, step) = (value, UInt8(truncatingIfNeeded: index - offsets[node])) }
                }
                after[node] = best + scores[row + column]
                steps?[node] = step
            }
            settle(&after, steps: steps)
            return after
        }

        /// Junctions take what arrives in the same frame.
        private func settle(_ after: inout [Float], steps: UnsafeMutablePointer<UInt8>?) {
            for node in junctions {
                for index in offsets[node]..<offsets[node + 1] {
                    let value = after[sources[index]] + costs[index]
                    if value > after[node] {
                        after[node] = value
                        steps?[node] = UInt8(truncatingIfNeeded: index - offsets[node])
                    }
                }
            }
        }

        /// Appends the states of some frames, last first.
        ///
        /// - Parameter node: Where the last of the frames ends.
        /// - Returns: Where the frame before the first ends.
        func trace(_ path: inout [Int], from node: Int, frames: Range<Int>, initial: [Float]) -> Int {
            var steps = [UInt8](repeating: 0, count: frames.count * initial.count)
            var current = initial
            steps.withUnsafeMutableBufferPointer { steps in
                for (index, frame) in frames.enumerated() {
                    current = advanced(
                        current, frame: frame, steps: steps.baseAddress.map { $0 + index * initial.count })
                }
            }
            var node = node
            for index in (0..<frames.count).reversed() {
                let row = index * initial.count
                while !isState[node] { node = sources[offsets[node] + Int(steps[row + node])] }
                path.append(node)
                let step = steps[row + node]
                if step != Self.stay { node = sources[offsets[node] + Int(step)] }
            }
            return node
        }
    }
}
