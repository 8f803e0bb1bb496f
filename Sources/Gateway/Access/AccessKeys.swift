import Foundation

/// Who may call: pairs of an access key's id and its secret.
///
/// In a file with a pair a line, the id first; empty lines and those that begin with `#` do not count.
package struct AccessKeys: Sendable {
    private let secrets: [String: String]

    /// - Throws: ``AccessKeysError``.
    package init(parsing text: String, path: String) throws(AccessKeysError) {
        var secrets: [String: String] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            guard words.count == 2, words.allSatisfy({ $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } }) else {
                throw .malformed(path: path, line: index + 1)
            }
            guard secrets.updateValue(String(words[1]), forKey: String(first)) == nil else {
                throw .repeated(path: path, line: index + 1)
            }
        }
        guard !secrets.isEmpty else { throw .empty(path: path) }
        self.secrets = secrets
    }

    /// - Throws: ``AccessKeysError``, also for a file that others than its owner may read.
    package init(path: String) throws(AccessKeysError) {
        // Missing, forbidden or not text: the file's name is what helps in each case.
        guard let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int,
            let text = try? String(contentsOfFile: path, encoding: .utf8)
        else { throw .unreadable(path: path) }
        guard mode & 0o077 == 0 else { throw .open(path: path) }
        try self.init(parsing: text, path: path)
    }

    /// One of the pairs, the same each time.
    package var anyPair: (id: String, secret: String) {
        guard let pair = secrets.min(by: { $0.key < $1.key }) else { preconditionFailure("There is always a pair.") }
        return (pair.key, pair.value)
    }

    subscript(id: String) -> String? { secrets[id] }
}

package enum AccessKeysError: Error, Hashable, CustomStringConvertible {
    case unreadable(path: String)
    case open(path: String)
    case malformed(path: String, line: Int)
    case repeated(path: String, line: Int)
    case empty(path: String)

    package var description: String {
        switch self {
        case .unreadable(let path): "The file of access keys \(path) cannot be read."
        case .open(let path): "Others than its owner may read \(path), which has secrets: chmod 600 \(path)."
        case .malformed(let path, let line):
            "Line \(line) of \(path) is not an access key's id and its secret with a space between them."
        case .repeated(let path, let line): "Line \(line) of \(path) repeats the id of an earlier line."
        case .empty(let path): "There is no access key in \(path)."
        }
    }
}
