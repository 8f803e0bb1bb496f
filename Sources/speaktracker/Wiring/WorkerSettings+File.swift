import Foundation
import Workers

extension WorkerSettings {
    /// Reads the settings in a file; without one, what holds for all.
    init(file: String?) throws {
        guard let file else {
            self.init()
            return
        }
        let bytes: Data
        do { bytes = try Data(contentsOf: URL(filePath: file)) } catch {
            throw CommandError(
                description: "The worker settings in \(file) cannot be read: \(error.localizedDescription)")
        }
        try self.init(parsing: [UInt8](bytes))
    }
}
