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
    /// Whether an item's result is wanted.
    let wants: (ArchiveItem) -> Bool
    /// Called after each item, so that somebody can say how far it is.
    let onItem: () -> Void
    let stop: StopRequest

    /// A job's manifest is read as a whole.
    private static let linesAManifest = 10_000

    /// The manifests, one after another, until stopping is asked for.
    func forEachManifest(_ body: (UploadedManifest) async throws -> Void) async throws {
        let lines = Self.linesAManifest / linesAJob * linesAJob
        var manifest: [UInt8] = []
        var isWanted: [Bool] = []
        var reader = try await archive.source.makeReader()
        while !stop.isMade, let item = try await reader.next() {
            manifest += try await line(of: item)
            isWanted.append(wants(item))
            onItem()
            guard isWanted.count == lines else { continue }
            try await body(try await stored(manifest, isWanted))
            (manifest, isWanted) = ([], [])
        }
        if !isWanted.isEmpty, !stop.isMade { try await body(try await stored(manifest, isWanted)) }
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

    private func stored(_ manifest: [UInt8], _ isWanted: [Bool]) async throws -> UploadedManifest {
        let name = Self.digest(manifest + Array("\(scorerName) \(update)".utf8)).prefix(24)
        let uploaded = UploadedManifest(name: String(name), isWanted: isWanted)
        try await objects.put(
            manifest, at: uploaded.key, in: Provisioning.bucket, contentType: "application/jsonl")
        return uploaded
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).prefix(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
