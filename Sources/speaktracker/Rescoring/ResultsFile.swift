import Foundation
import JSON
import Synchronization

/// The file that a rescoring writes: one result a line, each written whole before the next.
final class ResultsFile: Sendable {
    /// Ids that had a line when the file was opened.
    let finished: Set<String>
    private let file: Mutex<FileHandle>

    /// - Parameter keeps: Whether to go on with what is there; a last line that was cut off is taken away.
    init(path: String, keeps: Bool) throws {
        let url = URL(filePath: path)
        if !keeps || !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil) else {
                throw CommandError(description: "\(path) cannot be written.")
            }
        }
        let file: FileHandle
        do { file = try FileHandle(forUpdating: url) } catch {
            throw CommandError(description: "\(path) cannot be written: \(error.localizedDescription)")
        }
        let content = try file.readToEnd() ?? Data()
        let whole = content.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        var finished = Set<String>()
        for (index, line) in content[..<whole].split(separator: UInt8(ascii: "\n")).enumerated() {
            do {
                guard let id = try JSONValue(parsing: Array(line))["id"]?.string else {
                    throw CommandError(description: "it has no id")
                }
                finished.insert(id)
            } catch {
                throw CommandError(description: "\(path) holds no results: line \(index + 1): \(error)")
            }
        }
        try file.truncate(atOffset: UInt64(whole))
        self.finished = finished
        self.file = Mutex(file)
    }

    /// Adds one line; one call writes it, so that a reader never sees a part of it from another.
    func append(_ line: String) throws {
        try file.withLock { try $0.write(contentsOf: Data((line + "\n").utf8)) }
    }
}
