import Foundation
import JSON
import SpeakModel

/// A file of job documents.
enum JobFile {
    /// Reads one document, or one a line.
    ///
    /// - Throws: ``CommandError`` that names the file and, where there are several, the line.
    static func read(_ path: String) throws -> [JobDocument] {
        let bytes = try contents(of: path)
        if let single = try? JSONValue(parsing: bytes) {  // Not one value: then it must be one a line.
            return [try document(in: single.utf8, at: path)]
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }
        guard lines.count > 1 else { return [try document(in: bytes, at: path)] }
        return try lines.map { try document(in: Array($0.element), at: "\(path), line \($0.offset + 1)") }
    }

    private static func contents(of path: String) throws -> [UInt8] {
        do {
            let file = path == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: path))
            return Array(try file.readToEnd() ?? Data())
        } catch {
            throw CommandError(description: "\(path) cannot be read: \(error.localizedDescription)")
        }
    }

    private static func document(in bytes: [UInt8], at place: String) throws -> JobDocument {
        do { return try JobDocument(parsing: bytes) } catch {
            throw CommandError(description: "\(place): \(error)")
        }
    }
}
