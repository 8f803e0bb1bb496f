package import Foundation
import Processes

/// A program of the machine, run to its end, for sounds and files that this project did not make itself.
package struct Program {
    package let path: String

    /// `nil` when it is not installed: tests that need it are then skipped.
    package init?(_ name: String) {
        guard
            let path = ["/usr/bin", "/usr/local/bin"].map({ "\($0)/\(name)" })
                .first(where: FileManager.default.isExecutableFile(atPath:))
        else { return nil }
        self.path = path
    }

    package static func isInstalled(_ names: String...) -> Bool { names.allSatisfy { Program($0) != nil } }

    package struct Failure: Error {
        let arguments: [String]
        let ending: ProcessEnding
    }

    /// Runs with files in a new folder, which is then removed; the last argument names the file to read back.
    package static func output(
        _ name: String, _ arguments: (URL) -> [String], input: [UInt8]? = nil, reading file: String
    )
        throws -> [UInt8]
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "acoustics-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // Only the test's own litter would remain.
        if let input { try Data(input).write(to: folder.appending(path: "input")) }
        guard let program = Program(name) else { throw Failure(arguments: [name], ending: .exited(status: 127)) }
        try program.run(arguments(folder))
        return [UInt8](try Data(contentsOf: folder.appending(path: file)))
    }

    /// Runs with nothing to read, and nowhere to write but the files it opens.
    package func run(_ arguments: [String]) throws {
        let environment = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
        let start = ProcessStart(path, arguments, environment: environment, descriptors: [nil, nil, nil])
        let ending = ProcessEnding(waitingFor: try start.start())
        guard ending == .exited(status: 0) else { throw Failure(arguments: [path] + arguments, ending: ending) }
    }
}
