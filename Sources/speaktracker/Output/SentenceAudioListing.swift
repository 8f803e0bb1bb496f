import Documents

/// Rows of SentenceAudio, with the files that a player can open.
struct SentenceAudioListing {
    let text: String

    init(rows: [Item], file: (String) async throws -> String?) async throws {
        var table = TextTable(columns: ["SESSION", "#", "STATUS", "VOICE", "SECONDS", "SENTENCE", "FILE"])
        for row in rows {
            var place = row["error"]?.string ?? "–"
            if let key = row["s3key"]?.string, row["error"] == nil {
                place = try await file(key) ?? "(gone)"
            }
            table.add(Self.cells(of: row) + [place])
        }
        text = table.isEmpty ? "" : table.text
    }

    private static func cells(of row: Item) -> [String] {
        let sentence = row["language"]?.string == "ko" ? row["korean"] : row["english"]
        return [
            String((row["sessionId"]?.string ?? "").prefix(12)), row["sentenceIndex"]?.plainText ?? "",
            row["status"]?.string ?? "", row["voiceId"]?.string ?? "–",
            row["durationMs"]?.plainSeconds ?? "–",
            String((sentence?.string ?? "").prefix(36)),
        ]
    }
}
