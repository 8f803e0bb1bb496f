import Foundation
import JSON
import SpeakModel

/// Job documents from files: one a file, or one a line.
struct JobFile {
    private(set) var documents: [JobDocument] = []
    /// What is wrong, with the file and, where it has several documents, the line.
    private(set) var problems: [String] = []

    init(paths: [String]) {
        for path in paths {
            guard path == "-" || FileManager.default.fileExists(atPath: path) else {
                problems.append("There is no file \(path).")
                continue
            }
            do { try read(path) } catch { problems.append("\(path) cannot be read: \(error.localizedDescription)") }
        }
    }

    private mutating func read(_ path: String) throws {
        let file = path == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: path))
        let bytes = Array(try file.readToEnd() ?? Data())
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }
        // A value over several lines is one document; what is none is read line by line.
        guard lines.count > 1, (try? JSONValue(parsing: bytes)) == nil else {
            return add(bytes, at: path)
        }
        for line in lines { add(Array(line.element), at: "\(path), line \(line.offset + 1)") }
    }

    private mutating func add(_ bytes: [UInt8], at place: String) {
        do { documents.append(try JobDocument(parsing: bytes)) } catch {
            problems.append("\(place): \(Terminal.safe(error.description))")
        }
    }
}
