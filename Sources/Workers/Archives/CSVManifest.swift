import Foundation

/// A manifest in CSV (RFC 4180) whose first line names the columns: `audio`, `text` and, unless audio names serve,
/// `id`, in any order among others.
enum CSVManifest {
    static func items(in text: String, folder: URL) throws(ArchiveError) -> [ArchiveItem] {
        let records = records(in: text).filter { $0 != [""] }
        guard let header = records.first?.map({ $0.trimmingCharacters(in: .whitespaces).lowercased() }) else {
            return []
        }
        guard let audio = header.firstIndex(of: "audio"), let sentence = header.firstIndex(of: "text") else {
            throw ArchiveError("The manifest's first line must name the columns audio and text.")
        }
        let name = header.firstIndex(of: "id") ?? audio
        return records.dropFirst().enumerated().map { index, fields in
            func field(_ column: Int) -> String? { fields.indices.contains(column) ? fields[column] : nil }
            let id = field(name) ?? ""
            return ArchiveSource.item(
                id: id.isEmpty ? "row \(index + 2)" : id, audio: field(audio), text: field(sentence), folder: folder)
        }
    }

    /// Fields may be quoted; quotes in them are doubled, and they may hold commas and line breaks.
    static func records(in text: String) -> [[String]] {
        var records: [[String]] = []
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var characters = text.makeIterator()
        var pending: Character?
        while let character = pending ?? characters.next() {
            pending = nil
            if isQuoted {
                guard character == "\"" else { field.append(character); continue }
                pending = characters.next()
                if pending == "\"" { field.append("\""); pending = nil } else { isQuoted = false }
            } else if character == "\"", field.isEmpty {
                isQuoted = true
            } else if character == "," {
                fields.append(field)
                field = ""
            } else if character.isNewline {
                records.append(fields + [field])
                (fields, field) = ([], "")
            } else {
                field.append(character)
            }
        }
        if !field.isEmpty || !fields.isEmpty { records.append(fields + [field]) }
        return records
    }
}
