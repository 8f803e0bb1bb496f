import Documents
import SpeakModel

/// What the table PronunciationResults holds: each row's recording, with the sentence that was read.
struct StoredResults: ArchiveSource {
    let documents: any DocumentStore

    func makeReader() -> any ArchiveReader { Reader(documents: documents) }

    private struct Reader: ArchiveReader {
        let documents: any DocumentStore
        var scan: DocumentScan? = DocumentScan(table: Table.pronunciationResults.name)
        var rows: ArraySlice<Item> = []

        mutating func next() async throws -> ArchiveItem? {
            while rows.isEmpty {
                guard var scan else { return nil }
                let page = try await documents.scan(scan)
                rows = try page.items[...]
                scan.startAfter = page.lastKey
                self.scan = page.lastKey == nil ? nil : scan
            }
            return rows.popFirst().map(StoredResults.item)
        }
    }

    private static func item(of row: Item) -> ArchiveItem {
        let (student, timestamp) = (row["student_email"]?.string ?? "", row["timestamp"]?.string ?? "")
        let id = "\(student)/\(timestamp)"
        guard let key = row["s3key"]?.string else {
            return .problem(id: id, reason: "Its row has no s3key: nobody knows where the recording is.")
        }
        var fields = EntryFields(id: id)
        (fields.audio, fields.s3Key, fields.text) = (key, key, row["original_text"]?.string)
        (fields.studentEmail, fields.timestamp) = (student, timestamp)
        fields.transcript = SchoolTranscript.text(of: row)
        return fields.item(in: "")
    }
}
