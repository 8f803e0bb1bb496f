/// Aligns two texts over all their readings at the least cost.
///
/// An edit distance between two graphs: each cell holds the cheapest way to reach a node of the reference and a node of
/// the transcript. Ties are decided always alike: of equally good reference words the earlier is taken as spoken, of
/// equally good spoken words the later (a stutter's first try is the extra one).
///
/// - Complexity: O(n · m) time in the nodes of the two graphs. Memory is bounded by ``mostCells`` bytes: larger texts are
///   cut in two at the best place first (Hirschberg 1975, "A linear space algorithm for computing maximal common
///   subsequences", CACM 18(6), doi:10.1145/360825.360861).
struct LatticeAligner {
    enum Step: Hashable {
        case pair(reference: ReadingLattice.Edge, transcript: ReadingLattice.Edge)
        case missed(ReadingLattice.Edge)
        case extra(ReadingLattice.Edge)

        var reference: ReadingLattice.Edge? {
            switch self {
            case .pair(let reference, _), .missed(let reference): reference
            case .extra: nil
            }
        }

        var transcript: ReadingLattice.Edge? {
            switch self {
            case .pair(_, let transcript), .extra(let transcript): transcript
            case .missed: nil
            }
        }
    }

    /// Cells of one table, a byte each.
    static let defaultMostCells = 1 << 24
    /// Above this many cells in all, each word is read in its most usual way only, which bounds the time.
    static let mostCellsWithReadings = 1 << 26

    var vocabulary: Vocabulary
    var mostCells = defaultMostCells

    /// The steps from the beginning of both texts to their end.
    mutating func align(_ reference: NumberedText, _ transcript: NumberedText) -> [Step] {
        let cells = ReadingLattice(reference).nodeCount * ReadingLattice(transcript).nodeCount
        guard cells > Self.mostCellsWithReadings else { return Self.ordered(alignParts(reference, transcript)) }
        return Self.ordered(alignParts(reference.simplified(), transcript.simplified()))
    }

    /// Puts what was left out before what was said instead of it.
    private static func ordered(_ steps: [Step]) -> [Step] {
        var ordered: [Step] = []
        var extra: [Step] = []
        for step in steps {
            if case .extra = step {
                extra.append(step)
                continue
            }
            if case .pair = step { ordered += exchange(&extra) }
            ordered.append(step)
        }
        return ordered + extra
    }

    private static func exchange(_ extra: inout [Step]) -> [Step] {
        defer { extra = [] }
        return extra
    }

    private mutating func alignParts(_ reference: NumberedText, _ transcript: NumberedText) -> [Step] {
        let (rows, columns) = (ReadingLattice(reference), ReadingLattice(transcript))
        if rows.nodeCount * columns.nodeCount <= mostCells || reference.wordCount < 2 {
            var table = AlignmentTable(rows: rows, columns: columns, keepsMoves: true)
            table.fill(&vocabulary)
            return table.steps()
        }
        let middle = reference.wordCount / 2
        let split = bestSplit(reference, transcript, at: middle)
        return alignParts(reference[0..<middle], transcript[0..<split])
            + alignParts(reference[middle..<reference.wordCount], transcript[split..<transcript.wordCount])
    }

    /// The word of the transcript before which it is cheapest to cut when the reference is cut before word `middle`.
    private mutating func bestSplit(_ reference: NumberedText, _ transcript: NumberedText, at middle: Int) -> Int {
        let count = transcript.wordCount
        let before = costsAtWords(reference[0..<middle], transcript)
        let after = costsAtWords(reference[middle..<reference.wordCount].reversed(), transcript.reversed())
        let total = (0...count).map { before[$0] + after[count - $0] }
        return total.indices.min { (total[$0], $0) < (total[$1], $1) } ?? 0
    }

    /// What it costs to say the whole reference with the first 0, 1, 2 … words of the transcript.
    private mutating func costsAtWords(_ reference: NumberedText, _ transcript: NumberedText) -> [Int32] {
        let columns = ReadingLattice(transcript)
        var table = AlignmentTable(rows: ReadingLattice(reference), columns: columns, keepsMoves: false)
        table.fill(&vocabulary)
        return columns.boundaries.map { table.lastRow[$0] }
    }
}
