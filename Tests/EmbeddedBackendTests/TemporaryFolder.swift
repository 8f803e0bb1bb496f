import Foundation
import Testing

/// A path under the temporary folder, removed with everything in it at the end.
///
/// Nothing is created there yet.
final class TemporaryFolder: Sendable {
    let path = FileManager.default.temporaryDirectory.path + "/speaktracker-\(UUID().uuidString)"

    deinit {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
    }
}
