import Reports

/// Rows under column heads, padded so that columns line up in a terminal.
struct TextTable {
    private let columns: [String]
    private var rows: [[String]] = []

    init(columns: [String]) { self.columns = columns }

    var isEmpty: Bool { rows.isEmpty }

    /// - Parameter cells: One a column. What would act on a terminal is made harmless.
    mutating func add(_ cells: [String]) {
        precondition(cells.count == columns.count, "A row has one cell a column.")
        rows.append(cells.map(Terminal.safe))
    }

    var text: String {
        let widths = columns.indices.map { column in
            ([columns] + rows).map { $0[column].displayWidth }.max() ?? 0
        }
        let line = { (cells: [String]) in
            zip(cells, widths).map { $0.padded(to: $1) }.joined(separator: "  ").trimmingTrailingSpaces
        }
        return ([Terminal.bold(line(columns))] + rows.map(line)).joined(separator: "\n")
    }
}
