package import Foundation

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
        let status: Int32
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
        guard let program = Program(name) else { throw Failure(arguments: [name], status: 127) }
        let process = Process()
        process.executableURL = URL(filePath: program.path)
        process.arguments = arguments(folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(arguments: [name] + arguments(folder), status: process.terminationStatus)
        }
        return [UInt8](try Data(contentsOf: folder.appending(path: file)))
    }
}
