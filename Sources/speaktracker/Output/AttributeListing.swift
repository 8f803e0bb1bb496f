import Documents
import Reports
import SpeakModel

/// Any row, an attribute a line, its key first.
struct AttributeListing {
    let row: Item
    let table: Table

    var text: String {
        let keys = table.schema.key.attributes.map(\.name)
        let others = row.keys.filter { !keys.contains($0) }.sorted()
        let width = (row.keys.map(\.displayWidth).max() ?? 0) + 2
        return (keys.map { ($0, true) } + others.map { ($0, false) }).compactMap { name, isKey in
            row[name].map { value in
                let line = name.padded(to: width) + Terminal.safe(value.plainText)
                return isKey ? Terminal.bold(line) : "  " + line
            }
        }.joined(separator: "\n")
    }
}
