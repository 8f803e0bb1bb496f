import Archives
import Crypto
import Foundation
import JSON
import Objects
import SpeakModel
import Workers

/// Puts an archive where workers reach it: manifests of some thousand lines, and the recordings that are not there yet.
///
/// Names depend on contents alone: doing it again leaves what doing it once leaves.
struct ArchiveUpload {
    let archive: Archive
    let objects: any ObjectStore
    let scorerName: String
    let update: Bool
    let linesAJob: Int

    /// A job's manifest is read as a whole.
    private static let linesAManifest = 10_000

    /// The jobs, manifest after manifest.
    func forEachJob(_ body: (JobDocument) async throws -> Void) async throws {
        let lines = Self.linesAManifest / linesAJob * linesAJob
        var manifest: [UInt8] = []
        var count = 0
        try await archive.forEach { item in
            manifest += try await line(of: item)
            count += 1
            guard count == lines else { return }
            try await cut(manifest, count, body)
            (manifest, count) = ([], 0)
        }
        if count > 0 { try await cut(manifest, count, body) }
    }

    private func line(of item: ArchiveItem) async throws -> [UInt8] {
        guard case .entry(let entry) = item else { return item.json.utf8 + [UInt8(ascii: "\n")] }
        return try await stored(entry).json.utf8 + [UInt8(ascii: "\n")]
    }

    /// The item with its recording in the store; one whose recording cannot be read says so instead.
    private func stored(_ entry: ArchiveEntry) async throws -> ArchiveItem {
        guard case .file(let path) = entry.place else { return .entry(entry) }
        switch try await archive.loader.bytes(of: entry) {
        case .failure(let error): return .problem(id: entry.id, reason: error.description)
        case .success(let bytes):
            let ending = URL(filePath: path).pathExtension.lowercased()
            let key = "archives/recordings/\(Self.digest(bytes)).\(ending.isEmpty ? "audio" : ending)"
            if try await objects.head(key, in: Provisioning.bucket) == nil {
                try await objects.put(
                    bytes, at: key, in: Provisioning.bucket, contentType: "application/octet-stream")
            }
            var entry = entry
            entry.place = .object(key: key, bucket: Provisioning.bucket)
            return .entry(entry)
        }
    }

    private func cut(
        _ manifest: [UInt8], _ count: Int, _ body: (JobDocument) async throws -> Void
    ) async throws {
        let name = Self.digest(manifest + Array("\(scorerName) \(update)".utf8)).prefix(24)
        let folder = "archives/\(name)"
        try await objects.put(
            manifest, at: "\(folder)/manifest.jsonl", in: Provisioning.bucket, contentType: "application/jsonl")
        for first in stride(from: 0, to: count, by: linesAJob) {
            let lines = min(linesAJob, count - first)
            try await body(
                JobDocument(
                    id: "rescore/\(name)/\(first)-\(lines)",
                    payload: ArchiveRescore(
                        manifestS3Key: "\(folder)/manifest.jsonl", first: first, count: lines,
                        outputS3Key: "\(folder)/results-\(first)-\(lines).jsonl", update: update)))
        }
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).prefix(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
