/// A table as Markdown has it, its first column aligned left and the others right.
struct MarkdownTable {
    private let columns: [String]
    private var rows: [[String]] = []

    init(_ columns: String...) { self.columns = columns }

    mutating func append(_ cells: String...) {
        precondition(cells.count == columns.count, "A row has a cell for every column.")
        rows.append(cells)
    }

    var text: String {
        let rule = columns.indices.map { $0 == 0 ? "---" : "---:" }
        return ([columns, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}
