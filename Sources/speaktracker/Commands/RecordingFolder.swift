import Archives
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
        for key in Set(documents.compactMap(\.recordingKey)).sorted() { try await store(key, in: objects) }
        for manifest in Set(documents.compactMap(\.manifestKey)).sorted() {
            try await store(manifest, in: objects)
            for name in try await recordings(of: manifest) {
                try await store(Self.folder(of: manifest) + name, in: objects)
            }
        }
    }

    private func store(_ key: String, in objects: any ObjectStore) async throws {
        guard let name = key.split(separator: "/").last, name != "..", name != "." else { return }
        let file = URL(filePath: path).appending(path: String(name))
        guard FileManager.default.fileExists(atPath: file.path()) else { return }
        let bytes = Array(try Data(contentsOf: file))
        try await objects.put(bytes, at: key, in: Provisioning.bucket, contentType: "application/octet-stream")
    }

    /// What an archive's manifest names, where it is in the folder.
    private func recordings(of manifest: String) async throws -> [String] {
        guard let name = manifest.split(separator: "/").last else { return [] }
        let file = URL(filePath: path).appending(path: String(name)).path(percentEncoded: false)
        guard file.hasSuffix(".jsonl"), FileManager.default.fileExists(atPath: file) else { return [] }
        var names: [String] = []
        var reader = try await SourceName(file).source(in: nil).makeReader()
        while let item = try await reader.next() {
            guard case .entry(let entry) = item, case .file = entry.place else { continue }
            names.append(entry.audio)
        }
        return names
    }

    private static func folder(of key: String) -> String { key.lastIndex(of: "/").map { String(key[...$0]) } ?? "" }
}

extension JobDocument {
    fileprivate var manifestKey: String? { (payload as? ArchiveRescore)?.manifestS3Key }

    fileprivate var recordingKey: String? {
        switch payload {
        case let payload as PronunciationScore: payload.s3Key
        case let payload as ConversationAnalyze: payload.s3Key
        default: nil
        }
    }
}
