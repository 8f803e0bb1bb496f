import Documents
import EmbeddedBackend
import Workers

/// Rows of SentenceAudio, with the files that a player can open.
struct SentenceAudioListing {
    let text: String

    init(rows: [Item], objects: EmbeddedObjectStore) async throws {
        var table = TextTable(columns: ["SESSION", "#", "STATUS", "VOICE", "SECONDS", "SENTENCE", "FILE"])
        for row in rows {
            var file = row["error"]?.string ?? "–"
            if let key = row["s3key"]?.string, row["error"] == nil {
                file = try await objects.filePath(ofObjectAt: key, in: Provisioning.bucket) ?? "(gone)"
            }
            table.add(Self.cells(of: row) + [file])
        }
        text = table.isEmpty ? "" : table.text
    }

    private static func cells(of row: Item) -> [String] {
        let sentence = row["language"]?.string == "ko" ? row["korean"] : row["english"]
        return [
            String((row["sessionId"]?.string ?? "").prefix(12)), row["sentenceIndex"]?.plainText ?? "",
            row["status"]?.string ?? "", row["voiceId"]?.string ?? "–",
            row["durationMs"]?.int.map { "\(Double($0 / 10) / 100)" } ?? "–",
            String((sentence?.string ?? "").prefix(36)),
        ]
    }
}
