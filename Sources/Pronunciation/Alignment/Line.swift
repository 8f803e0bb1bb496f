/// One row of an alignment while it is filled: the cheapest way known to each cell.
struct Line {
    private(set) var costs: [Int32]
    /// The move that reaches each cell, see ``AlignmentTable``.
    private(set) var moves: [UInt8]

    /// - Parameter isFirst: Whether the alignment begins in this row's first cell.
    init(cellCount: Int, isFirst: Bool) {
        // Far above any sum of costs, far below where adding one would overflow.
        costs = [Int32](repeating: Int32.max / 2, count: cellCount)
        moves = [UInt8](repeating: 0, count: cellCount)
        if isFirst { costs[0] = 0 }
    }

    /// From the row above by leaving out a token of the reference.
    mutating func offerMissing(_ above: [Int32], number: Int) {
        for cell in costs.indices where above[cell] + Vocabulary.skipCost < costs[cell] {
            costs[cell] = above[cell] + Vocabulary.skipCost
            moves[cell] = UInt8(number << 4)
        }
    }

    /// From the row above by hearing a token of the transcript for one of the reference.
    ///
    /// A join stands for exactly what the other text has, never for something like it.
    mutating func offerPairs(_ above: [Int32], _ prices: [UInt8], isJoin: Bool, number: Int, _ edges: [SweepEdge]) {
        for edge in edges {
            let price = prices[Int(edge.token)]
            if price == Vocabulary.never || price > 0 && (isJoin || edge.isJoin) { continue }
            let cost = above[Int(edge.source)] + Int32(price)
            guard cost < costs[Int(edge.target)] else { continue }
            costs[Int(edge.target)] = cost
            moves[Int(edge.target)] = UInt8(number << 4) | edge.number
        }
    }

    /// From this row by adding a token of the transcript; edges come in the order of their targets.
    mutating func offerExtra(_ edges: [SweepEdge]) {
        for edge in edges where !edge.isJoin {
            let cost = costs[Int(edge.source)] + Vocabulary.skipCost
            guard cost < costs[Int(edge.target)] else { continue }
            costs[Int(edge.target)] = cost
            moves[Int(edge.target)] = edge.number
        }
    }
}
