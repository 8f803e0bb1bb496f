import Foundation

/// Runs `body` with an empty folder that is removed afterwards.
func withTemporaryFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let path = FileManager.default.temporaryDirectory.path + "/speaktracker-benchmark-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer {
        do { try FileManager.default.removeItem(atPath: path) } catch { progress("could not remove \(path): \(error)") }
    }
    return try await body(path)
}
