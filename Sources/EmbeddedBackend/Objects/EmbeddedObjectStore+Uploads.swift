package import Objects
import SpeakModel

/// Uploads in parts.
///
/// Each part is a file of its own, and stays one when the upload is complete: completing moves no bytes.
extension EmbeddedObjectStore {
    package func begin(
        _ draft: ObjectDraft, algorithm: ChecksumAlgorithm?, checksumType: ChecksumType, in bucket: String
    ) async throws -> Upload {
        _ = try ObjectKey(draft.key)
        let bucket = try await existingBucket(bucket)
        let now = storage.now()
        let upload = Upload(
            id: Self.uploadID(at: now), draft: draft, algorithm: algorithm, checksumType: checksumType, startedAt: now)
        try await commit { try $0.begin(upload, in: bucket) }
        return upload
    }

    package func upload(_ id: String, of key: String, in bucket: String) async throws -> Upload {
        let key = try ObjectKey(key)
        let bucket = try await existingBucket(bucket)
        guard let upload = try await read({ try $0.upload(id, of: key, in: bucket) }) else {
            throw ObjectError.noSuchUpload
        }
        return upload
    }

    package func completed(_ id: String, of key: String, in bucket: String) async throws -> ObjectInfo? {
        guard let row = try await row(of: key, in: bucket), row.upload == id else { return nil }
        return row.info
    }

    package func put(
        _ body: any IncomingBody, asPart number: Int, of upload: Upload, checksum: Checksum?, in bucket: String
    ) async throws -> UploadedPart {
        let body = Self.own(body)
        try await body.keepInFile()
        let digests = body.digests
        let part = UploadedPart(
            number: number, bytes: digests.sizeInBytes, etag: Hexadecimal.text(digests.md5), checksum: checksum,
            modifiedAt: storage.now())
        do {
            let row = PartRow(part: part, body: body.name)
            let replaced = try await commit { try $0.put(row, of: upload.id, in: body.bucket) }
            body.release()
            if let replaced { await discard([replaced]) }
        } catch {
            // Some failures leave it open whether the row is on the disk.
            if (error as? ObjectError)?.leavesItOpen ?? true { body.release() }
            throw error
        }
        return part
    }

    package func parts(of upload: Upload, after number: Int, limit: Int, in bucket: String) async throws
        -> [UploadedPart]
    {
        try await read { try $0.partRows(of: upload.id, after: number, limit: limit).map(\.part) }
    }

    package func uploads(
        in range: ObjectKeyRange, after id: String?, limit: Int, of bucket: String
    ) async throws -> [Upload] {
        let bucket = try await existingBucket(bucket)
        return try await read { try $0.uploads(in: range, after: id, limit: limit, of: bucket) }
    }

    package func complete(
        _ upload: Upload, parts: [UploadedPart], etag: String, checksum: Checksum?, in bucket: String,
        if condition: ObjectCondition?
    ) async throws -> ObjectInfo {
        let bucket = try await existingBucket(bucket)
        let info = upload.draft.info(
            bytes: parts.reduce(0) { $0 + $1.bytes }, etag: etag, checksum: checksum, at: storage.now(),
            partCount: parts.count)
        let unwanted = try await commit { try $0.complete(info, of: upload.id, parts, in: bucket, if: condition) }
        await discard(unwanted)
        return info
    }

    package func abort(_ upload: Upload, in bucket: String) async throws {
        let bucket = try await existingBucket(bucket)
        if let removed = try await commit({ try $0.removeUpload(upload.id, in: bucket) }) { await discard([removed]) }
    }
}
