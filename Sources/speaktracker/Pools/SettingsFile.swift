import Foundation
import Workers

/// The settings of a pool as an operator wrote them.
struct SettingsFile {
    let settings: WorkerSettings
    let text: [UInt8]

    /// - Parameter path: Without one nothing is said, and everything is as usual.
    init(_ path: String?) throws {
        guard let path else {
            (settings, text) = (WorkerSettings(), [])
            return
        }
        do { text = [UInt8](try Data(contentsOf: URL(filePath: path))) } catch {
            throw CommandError(
                description: "The worker settings \(path) cannot be read.", exitStatus: ExitStatus.badUsage)
        }
        settings = try WorkerSettings(parsing: text)
    }

    /// What a supervisor gives its worker on standard input.
    static func fromSupervisor() throws -> WorkerSettings {
        let text = [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
        return text.isEmpty ? WorkerSettings() : try WorkerSettings(parsing: text)
    }
}

extension SettingsError: ExitStatusCarrying {
    var exitStatus: Int32 { ExitStatus.badUsage }
}
