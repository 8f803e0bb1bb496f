/// The cells of one alignment: rows are nodes of the reference, columns nodes of the transcript.
struct AlignmentTable {
    private let rows: ReadingLattice
    private let columns: ReadingLattice
    /// How each cell is best reached: the incoming edge of the row in the high four bits, of the column in the low four,
    /// both counted from 1; 0 for an edge not taken. Empty when only costs are wanted.
    private var moves: [UInt8]
    /// Rows that are still needed, by node.
    private var costs: [[Int32]]
    private let keepsMoves: Bool

    init(rows: ReadingLattice, columns: ReadingLattice, keepsMoves: Bool) {
        (self.rows, self.columns, self.keepsMoves) = (rows, columns, keepsMoves)
        moves = keepsMoves ? [UInt8](repeating: 0, count: rows.nodeCount * columns.nodeCount) : []
        costs = [[Int32]](repeating: [], count: rows.nodeCount)
    }

    /// The costs of the whole reference against the transcript up to each of its nodes; valid once filled.
    var lastRow: [Int32] { costs[rows.nodeCount - 1] }

    mutating func fill(_ vocabulary: inout Vocabulary) {
        let lastUses = lastUses()
        for row in 0..<rows.nodeCount {
            let edges = Array(rows.incoming(row))
            let prices = edges.map { vocabulary.costs(of: $0.token) }
            costs[row] = filled(row, edges, prices)
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

    private mutating func filled(_ row: Int, _ edges: [ReadingLattice.Edge], _ prices: [[UInt8]]) -> [Int32] {
        var line = [Int32](repeating: 0, count: columns.nodeCount)
        for column in 0..<columns.nodeCount where row + column > 0 {
            var best = Cell()
            considerMissing(edges, column, &best)
            considerPairs(edges, prices, column, &best)
            considerExtra(line, column, &best)
            line[column] = best.cost
            if keepsMoves { moves[row * columns.nodeCount + column] = best.move }
        }
        return line
    }

    private struct Cell {
        var cost = Int32.max
        var move: UInt8 = 0

        /// Keeps the first of equally cheap ways.
        mutating func offer(_ cost: Int32, row: Int, column: Int) {
            guard cost < self.cost else { return }
            (self.cost, move) = (cost, UInt8(row << 4 | column))
        }
    }

    private func considerMissing(_ edges: [ReadingLattice.Edge], _ column: Int, _ best: inout Cell) {
        for (number, edge) in edges.enumerated() where !edge.isJoin {
            best.offer(costs[edge.source][column] + Vocabulary.skipCost, row: number + 1, column: 0)
        }
    }

    private func considerPairs(
        _ edges: [ReadingLattice.Edge], _ prices: [[UInt8]], _ column: Int, _ best: inout Cell
    ) {
        let heard = columns.incoming(column)
        for (number, edge) in edges.enumerated() {
            for (other, spoken) in heard.enumerated() {
                let price = prices[number][spoken.token]
                // A join stands for exactly what the other text has, never for something like it.
                if price == Vocabulary.never || price > 0 && (edge.isJoin || spoken.isJoin) { continue }
                best.offer(costs[edge.source][spoken.source] + Int32(price), row: number + 1, column: other + 1)
            }
        }
    }

    private func considerExtra(_ line: [Int32], _ column: Int, _ best: inout Cell) {
        for (number, edge) in columns.incoming(column).enumerated() where !edge.isJoin {
            best.offer(line[edge.source] + Vocabulary.skipCost, row: 0, column: number + 1)
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
