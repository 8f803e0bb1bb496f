/// The cells of one alignment: rows are nodes of the reference, columns nodes of the transcript.
struct AlignmentTable {
    private let rows: ReadingLattice
    private let columns: ReadingLattice
    /// How each cell is best reached; empty when only costs are wanted.
    ///
    /// The incoming edge of the row in the high four bits, of the column in the low four, both counted from 1; 0 for an
    /// edge not taken.
    private var moves: [UInt8]
    /// Rows that are still needed, by node.
    private var costs: [[Int32]]
    private let keepsMoves: Bool
    private let sweep: [SweepEdge]

    init(rows: ReadingLattice, columns: ReadingLattice, keepsMoves: Bool) {
        (self.rows, self.columns, self.keepsMoves) = (rows, columns, keepsMoves)
        moves = keepsMoves ? [UInt8](repeating: 0, count: rows.nodeCount * columns.nodeCount) : []
        costs = [[Int32]](repeating: [], count: rows.nodeCount)
        sweep = columns.sweep
    }

    /// The costs of the whole reference against the transcript up to each of its nodes; valid once filled.
    var lastRow: [Int32] { costs[rows.nodeCount - 1] }

    mutating func fill(_ vocabulary: inout Vocabulary) {
        let lastUses = lastUses()
        for row in 0..<rows.nodeCount {
            let edges = Array(rows.incoming(row))
            fill(row, edges, edges.map { vocabulary.costs(of: $0.token) })
            for edge in edges where lastUses[edge.source] == row { costs[edge.source] = [] }
        }
    }

    /// The last row that reads each row's costs.
    private func lastUses() -> [Int] {
        var uses = [Int](repeating: 0, count: rows.nodeCount)
        for row in 0..<rows.nodeCount {
            for edge in rows.incoming(row) { uses[edge.source] = row }
        }
        return uses
    }

    /// Each kind of step sweeps over the row; of equally cheap ways the first one offered stays.
    private mutating func fill(_ row: Int, _ edges: [ReadingLattice.Edge], _ prices: [[UInt8]]) {
        var line = Line(cellCount: columns.nodeCount, isFirst: row == 0)
        for (number, edge) in edges.enumerated() where !edge.isJoin {
            line.offerMissing(costs[edge.source], number: number + 1)
        }
        for (number, edge) in edges.enumerated() {
            line.offerPairs(costs[edge.source], prices[number], isJoin: edge.isJoin, number: number + 1, sweep)
        }
        line.offerExtra(sweep)
        costs[row] = line.costs
        if keepsMoves {
            moves.replaceSubrange(row * columns.nodeCount..<(row + 1) * columns.nodeCount, with: line.moves)
        }
    }

    /// Follows the moves back from the last cell.
    func steps() -> [LatticeAligner.Step] {
        var steps: [LatticeAligner.Step] = []
        var (row, column) = (rows.nodeCount - 1, columns.nodeCount - 1)
        while row + column > 0 {
            let move = Int(moves[row * columns.nodeCount + column])
            let reference = edge(rows.incoming(row), number: move >> 4)
            let spoken = edge(columns.incoming(column), number: move & 15)
            steps.append(step(reference, spoken))
            row = reference?.source ?? row
            column = spoken?.source ?? column
        }
        return steps.reversed()
    }

    private func edge(_ edges: ArraySlice<ReadingLattice.Edge>, number: Int) -> ReadingLattice.Edge? {
        number == 0 ? nil : edges[edges.startIndex + number - 1]
    }

    private func step(_ reference: ReadingLattice.Edge?, _ spoken: ReadingLattice.Edge?) -> LatticeAligner.Step {
        switch (reference, spoken) {
        case (let reference?, let spoken?): .pair(reference: reference, transcript: spoken)
        case (let reference?, nil): .missed(reference)
        case (nil, let spoken?): .extra(spoken)
        case (nil, nil): preconditionFailure("every cell but the first is reached by a move")
        }
    }
}
