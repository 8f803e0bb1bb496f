import Foundation
import JSON
import Reports
import Workers

/// Scores one entry of an archive after another.
struct ArchiveScorer {
    let assessor: ReadingAssessor

    /// The result's line for an entry's line, whatever happens.
    func result(ofLine line: String) async -> JSONValue {
        // What is not JSON is no entry either; our own parent sends neither.
        guard let json = try? JSONValue(parsing: line), let entry = ArchiveEntry(json) else {
            return AssessedReading.failureJSON(id: "", error: "The line is no entry of an archive.")
        }
        do {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: entry.path)))
            let reading = try await assessor.read(try Recording(decoding: bytes), of: entry.text)
            return reading.json(id: entry.id, audio: entry.audio)
        } catch let error as CocoaError {
            let reason = "\(entry.audio) cannot be read: \(error.localizedDescription)"
            return AssessedReading.failureJSON(id: entry.id, error: reason)
        } catch {
            return AssessedReading.failureJSON(id: entry.id, error: JobFailure(classifying: error).reason)
        }
    }
}
