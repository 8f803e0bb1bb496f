import Foundation
import Objects
import SpeakModel
import Workers

/// A folder with the recordings that jobs name, for machines where no app uploads them.
struct RecordingFolder {
    let path: String

    /// Stores each recording under the key that its job names; the file has the key's last component as its name.
    ///
    /// A recording that is not in the folder is left to the job, which then says that it is missing.
    func store(recordingsOf documents: [JobDocument], in objects: any ObjectStore) async throws {
        for key in Set(documents.compactMap(\.recordingKey)).sorted() {
            guard let name = key.split(separator: "/").last, name != "..", name != "." else { continue }
            let file = URL(filePath: path).appending(path: String(name))
            guard FileManager.default.fileExists(atPath: file.path()) else { continue }
            let bytes = Array(try Data(contentsOf: file))
            try await objects.put(bytes, at: key, in: Provisioning.bucket, contentType: "application/octet-stream")
        }
    }
}

extension JobDocument {
    fileprivate var recordingKey: String? {
        switch payload {
        case let payload as PronunciationScore: payload.s3Key
        case let payload as ConversationAnalyze: payload.s3Key
        default: nil
        }
    }
}
