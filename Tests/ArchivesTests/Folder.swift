import Archives
import Foundation

/// A folder for one test, with files as a test writes them.
final class Folder: Sendable {
    let path = FileManager.default.temporaryDirectory.path + "/archives-\(UUID().uuidString)"

    init(_ files: [String: String] = [:]) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(Array(text.utf8), to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }  // A folder left behind harms nobody.

    func write(_ bytes: [UInt8], to name: String) throws {
        let file = URL(filePath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    func text(of name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }

    /// All items of a source in this folder; of the folder itself without a name.
    func items(_ name: String = "") async throws -> [ArchiveItem] {
        var reader = try await SourceName(name.isEmpty ? path : "\(path)/\(name)").source(in: nil).makeReader()
        var items: [ArchiveItem] = []
        while let item = try await reader.next() { items.append(item) }
        return items
    }
}

extension ArchiveItem {
    var entry: ArchiveEntry? {
        if case .entry(let entry) = self { entry } else { nil }
    }

    var reason: String? {
        if case .problem(_, let reason) = self { reason } else { nil }
    }
}
