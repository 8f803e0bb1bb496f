/// Every way to say a text, as a graph: each path from the first node to the last is one way, each edge one token.
struct ReadingLattice {
    struct Edge: Hashable {
        let source: Int
        let token: Int
        /// The words it belongs to; several for a join.
        let words: Range<Int>

        var isJoin: Bool { words.count > 1 }
    }

    /// The node where each word begins, and the last node.
    ///
    /// Every path passes through a word's node, unless it joins it.
    private(set) var boundaries: [Int] = [0]
    private var edges: [Edge] = []
    /// Where the edges into each node begin in `edges`.
    private var offsets: [Int] = [0, 0]

    var nodeCount: Int { offsets.count - 1 }

    /// Nodes are numbered so that every edge leads to a higher number.
    init(_ text: NumberedText) {
        let arriving = Self.arrivingJoins(text)
        for word in 0..<text.wordCount {
            let number = text.firstWord + word
            let last = text.readings[word].map { addInner(of: $0, word: number) }
            beginNode()
            for (reading, source) in zip(text.readings[word], last) {
                edges.append(Edge(source: source, token: reading[reading.count - 1], words: number..<number + 1))
            }
            for join in arriving[word + 1] {
                let start = word + 1 - join.wordCount
                let words = text.firstWord + start..<text.firstWord + word + 1
                edges.append(Edge(source: boundaries[start], token: join.token, words: words))
            }
            endNode()
            boundaries.append(nodeCount - 1)
        }
    }

    /// The edges that lead to a node, at most 15 of them.
    func incoming(_ node: Int) -> ArraySlice<Edge> {
        edges[offsets[node]..<offsets[node + 1]]
    }

    /// All edges in the order of the nodes they lead to.
    var sweep: [SweepEdge] {
        (0..<nodeCount).flatMap { node in
            incoming(node).enumerated().map { number, edge in
                SweepEdge(
                    source: Int32(edge.source), target: Int32(node), token: Int32(edge.token),
                    number: UInt8(number + 1),
                    isJoin: edge.isJoin)
            }
        }
    }

    /// Adds all tokens of a reading but the last, from the current word's node; returns the node they lead to.
    private mutating func addInner(of reading: [Int], word: Int) -> Int {
        var source = boundaries[boundaries.count - 1]
        for token in reading.dropLast() {
            beginNode()
            edges.append(Edge(source: source, token: token, words: word..<word + 1))
            endNode()
            source = nodeCount - 1
        }
        return source
    }

    private mutating func beginNode() {
        offsets.append(edges.count)
    }

    private mutating func endNode() {
        offsets[offsets.count - 1] = edges.count
    }

    /// Joins by the word boundary they lead to.
    private static func arrivingJoins(_ text: NumberedText) -> [[NumberedText.Join]] {
        var arriving = [[NumberedText.Join]](repeating: [], count: text.wordCount + 1)
        for (word, starting) in text.joins.enumerated() {
            for join in starting { arriving[word + join.wordCount].append(join) }
        }
        return arriving
    }
}
