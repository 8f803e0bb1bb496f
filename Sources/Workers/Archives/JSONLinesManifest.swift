import Foundation
import JSON

/// A manifest of one JSON object a line with `id`, `audio` and `text`.
enum JSONLinesManifest {
    static func items(in text: String, folder: URL) -> [ArchiveItem] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().compactMap {
            index, line in
            guard line.contains(where: { !$0.isWhitespace }) else { return nil }
            return item(String(line), number: index + 1, folder: folder)
        }
    }

    private static func item(_ line: String, number: Int, folder: URL) -> ArchiveItem {
        do {
            let object = try JSONValue(parsing: line)
            let audio = object["audio"]?.string
            guard let id = object["id"]?.string ?? audio, !id.isEmpty else {
                return .problem(id: "line \(number)", reason: "It has no id.")
            }
            return ArchiveSource.item(id: id, audio: audio, text: object["text"]?.string, folder: folder)
        } catch {
            return .problem(id: "line \(number)", reason: error.description)
        }
    }
}
