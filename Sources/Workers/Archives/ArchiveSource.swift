import Foundation

/// A list of recordings with their sentences.
///
/// One bad line costs itself, never the list.
package struct ArchiveSource: Sendable {
    package let items: [ArchiveItem]

    /// - Parameter path: A Kaldi data folder with `wav.scp` and `text`, or a manifest whose name ends in `.csv` or
    ///   `.jsonl`. Audio paths are relative to the folder or to the manifest's.
    /// - Throws: ``ArchiveError``.
    package init(path: String) throws(ArchiveError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ArchiveError("There is no \(path).")
        }
        let url = URL(filePath: path)
        if isFolder.boolValue {
            items = Self.unique(try KaldiFolder.items(in: url))
        } else {
            let folder = url.deletingLastPathComponent()
            switch url.pathExtension.lowercased() {
            case "csv": items = Self.unique(try CSVManifest.items(in: try Self.text(of: url), folder: folder))
            case "jsonl": items = Self.unique(JSONLinesManifest.items(in: try Self.text(of: url), folder: folder))
            default: throw ArchiveError("\(path) is neither a folder nor a manifest that ends in .csv or .jsonl.")
            }
        }
        guard !items.isEmpty else { throw ArchiveError("\(path) lists no recordings.") }
    }

    static func text(of url: URL) throws(ArchiveError) -> String {
        let bytes: Data
        do { bytes = try Data(contentsOf: url) } catch {
            throw ArchiveError("\(url.relativePath) cannot be read: \(error.localizedDescription)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ArchiveError("\(url.relativePath) is not UTF-8.")
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }

    /// The second recording of an id could never be told from the first in the results.
    private static func unique(_ items: [ArchiveItem]) -> [ArchiveItem] {
        var seen: [String: Int] = [:]
        return items.map { item in
            let count = seen[item.id, default: 0]
            seen[item.id] = count + 1
            guard count > 0 else { return item }
            return .problem(
                id: "\(item.id)#\(count + 1)", reason: "The id \(item.id) is used before; give each recording its own.")
        }
    }

    static func path(of audio: String, in folder: URL) -> String {
        audio.hasPrefix("/") ? audio : folder.appending(path: audio).path(percentEncoded: false)
    }

    /// An entry, unless a part of it is missing.
    static func item(id: String, audio: String?, text: String?, folder: URL) -> ArchiveItem {
        guard let audio, !audio.isEmpty else { return .problem(id: id, reason: "No audio is named for it.") }
        guard let text, text.contains(where: { !$0.isWhitespace }) else {
            return .problem(id: id, reason: "No text is given for it.")
        }
        return .entry(ArchiveEntry(id: id, audio: audio, path: path(of: audio, in: folder), text: text))
    }
}
