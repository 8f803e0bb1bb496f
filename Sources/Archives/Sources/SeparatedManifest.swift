import Foundation

/// A manifest whose first line names the columns: `audio` and `text` and, if they are there, `id`, `speaker`,
/// `student_email`, `timestamp`, `transcribed_text` and `s3key`, in any order among others.
///
/// Comma-separated fields are read as in RFC 4180, tab-separated ones as spreadsheets write them.
struct SeparatedManifest: ArchiveSource {
    enum Separator: Hashable, Sendable { case comma, tab }

    let path: String
    let separator: Separator

    func makeReader() throws(ArchiveError) -> any ArchiveReader { try Reader(path: path, separator: separator) }

    private struct Reader: ArchiveReader {
        var records: SeparatedRecords
        let columns: [String: Int]
        let folder: String

        init(path: String, separator: Separator) throws(ArchiveError) {
            records = try SeparatedRecords(path: path, separator: separator)
            folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
            guard let header = try records.next()?.fields else {
                throw ArchiveError("\(path) has no first line that names the columns in UTF-8.")
            }
            let names = header.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
            columns = Dictionary(zip(names, names.indices)) { first, _ in first }
            guard columns["audio"] != nil || columns["s3key"] != nil, columns["text"] != nil else {
                throw ArchiveError("\(path): the first line must name the columns audio and text.")
            }
        }

        mutating func next() throws -> ArchiveItem? {
            while let record = try records.next() {
                let place = "row \(record.number)"
                guard let fields = record.fields else { return .problem(id: place, reason: record.flaw) }
                guard fields != [""] else { continue }
                return item(fields, place: place)
            }
            return nil
        }

        private func item(_ values: [String], place: String) -> ArchiveItem {
            func field(_ name: String) -> String? {
                guard let column = columns[name], values.indices.contains(column), !values[column].isEmpty else {
                    return nil
                }
                return values[column]
            }
            var fields = EntryFields(id: field("id") ?? (columns["id"] == nil ? field("audio") : nil) ?? place)
            (fields.audio, fields.text, fields.s3Key) = (field("audio"), field("text"), field("s3key"))
            (fields.speaker, fields.timestamp) = (field("speaker"), field("timestamp"))
            (fields.studentEmail, fields.transcript) = (field("student_email"), field("transcribed_text"))
            return fields.item(in: folder)
        }
    }
}
