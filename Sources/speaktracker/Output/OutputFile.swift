import Foundation

/// A file that a command was asked to write.
enum OutputFile {
    /// Written whole or not at all.
    static func write(_ bytes: Data, to path: String) throws {
        do { try bytes.write(to: URL(filePath: path), options: .atomic) } catch {
            throw CommandError(description: "\(path) cannot be written: \(error.localizedDescription)")
        }
    }

    static func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }
}
