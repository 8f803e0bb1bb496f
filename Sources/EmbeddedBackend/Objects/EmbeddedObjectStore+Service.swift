package import Objects
import SpeakModel

extension EmbeddedObjectStore: ObjectService {
    package func buckets() async throws -> [Bucket] { try await read { try $0.buckets() } }

    package func bucket(named name: String) async throws -> Bucket { try await settledBucket(name) }

    @discardableResult
    package func createBucket(_ name: String, settings: [String: String]) async throws -> Bool {
        let bucket = try BucketName(name)
        let now = storage.now()
        return try await commit { try $0.createBucket(bucket, settings: settings, at: now) }
    }

    package func deleteBucket(_ name: String) async throws {
        let bucket = try await existingBucket(name)
        let removed = try await commit { try $0.deleteBucket(bucket) }
        bucketsHaveChanged()
        await discard(removed)
    }

    package func change(_ settings: [String: String?], of bucket: String) async throws {
        let bucket = try await existingBucket(bucket)
        try await commit { try $0.change(settings, of: bucket) }
        bucketsHaveChanged()
    }

    package func open(_ key: String, in bucket: String) async throws -> (any OpenObject)? {
        let key = try ObjectKey(key)
        let bucket = try await existingBucket(bucket)
        var missing: BodyName?
        while true {
            guard let row = try row(of: key, in: bucket) else { return nil }
            if let bytes = row.bytes { return SmallObject(info: row.info, bytes: bytes) }
            if let upload = row.upload {
                if let object = try await openInParts(row, upload) { return object }
            } else {
                if let object = try openWhole(row) { return object }
            }
            // Another put took the files away between the two steps, unless the row still refers to them.
            guard row.body != missing else { throw Self.lost(row, at: folder.path(of: row.body, in: row.bucket)) }
            missing = row.body
        }
    }

    package func receive(
        for key: String, in bucket: String, computing algorithms: Set<ChecksumAlgorithm>
    ) async throws -> any IncomingBody {
        let key = try ObjectKey(key)
        let bucket = try await existingBucket(bucket)
        return ArrivingBody(BodyName(for: key), in: bucket, of: folder, on: threads, computing: algorithms)
    }

    package func put(
        _ body: any IncomingBody, as draft: ObjectDraft, checksum: Checksum?, in bucket: String,
        if condition: ObjectCondition?
    ) async throws -> ObjectInfo {
        let body = Self.own(body)
        if Self.needsFile(draft.contentType) { try await body.keepInFile() }
        let digests = body.digests
        let info = draft.info(
            bytes: digests.sizeInBytes, etag: Hexadecimal.text(digests.md5), checksum: checksum, at: storage.now())
        let row = ObjectRow(bucket: body.bucket, info: info, body: body.name, bytes: body.smallBody)
        return try await commit(body, row, if: condition)
    }

    package func put(
        bytesOf source: any OpenObject, as draft: ObjectDraft, checksum: Checksum?, in bucket: String,
        if condition: ObjectCondition?
    ) async throws -> ObjectInfo {
        guard let source = source as? WholeObject else {
            return try await put(readingBytesOf: source, as: draft, checksum: checksum, in: bucket, if: condition)
        }
        let target = try await existingBucket(bucket)
        let body = BodyName(for: try ObjectKey(draft.key))
        do {
            try await threads.run { [folder] in
                try folder.link(source.row.body, in: source.row.bucket, to: body, in: target)
            }
        } catch {
            // The source was replaced meanwhile, or its disk has no links.
            return try await put(readingBytesOf: source, as: draft, checksum: checksum, in: bucket, if: condition)
        }
        let info = draft.info(bytes: source.info.bytes, etag: source.info.etag, checksum: checksum, at: storage.now())
        let row = ObjectRow(bucket: target, info: info, body: body)
        do {
            await discard(try await commit { [try $0.put(row, if: condition)].compactMap(\.self) })
        } catch let error as ObjectError where !error.leavesItOpen {
            await discard([RemovedBody(bucket: target, bodies: [body], upload: nil)])
            throw error
        }
        return info
    }

    package func delete(_ keys: [String], in bucket: String) async throws {
        let keys = try keys.map { try ObjectKey($0) }
        let bucket = try await existingBucket(bucket)
        let removed = try await commit { connection in
            try keys.compactMap { try connection.removeObjectRow(of: $0.text, in: bucket) }
        }
        await discard(removed)
    }

    package func delete(_ key: String, in bucket: String, if condition: ObjectCondition?) async throws {
        let key = try ObjectKey(key)
        let bucket = try await existingBucket(bucket)
        let removed = try await commit { try $0.removeObjectRow(of: key.text, in: bucket, if: condition) }
        if let removed { await discard([removed]) }
    }

    package func delete(unchanged objects: [ObjectSummary], in bucket: String) async throws -> Int {
        let bucket = try await existingBucket(bucket)
        let removed = try await commit { connection in
            try objects.compactMap { object in
                try connection.isUnchanged(object, in: bucket)
                    ? try connection.removeObjectRow(of: object.key, in: bucket) : nil
            }
        }
        await discard(removed)
        return removed.count
    }

    package func setTags(_ tags: [String: String], of key: String, in bucket: String) async throws {
        let key = try ObjectKey(key)
        let bucket = try await existingBucket(bucket)
        try await commit { try $0.setTags(tags, of: key.text, in: bucket) }
    }

    package func list(in range: ObjectKeyRange, limit: Int, of bucket: String) async throws -> [ObjectInfo] {
        let bucket = try await existingBucket(bucket)
        let limit = max(0, limit)
        return try await read { try $0.objectRows(in: range, limit: limit, of: bucket).map(\.info) }
    }
}

extension EmbeddedObjectStore {
    static func own(_ body: any IncomingBody) -> ArrivingBody {
        guard let body = body as? ArrivingBody else { preconditionFailure("Another store has begun this body.") }
        return body
    }

    /// Commits a row with a body that has come; where that fails for sure, the body goes.
    private func commit(
        _ body: ArrivingBody, _ row: ObjectRow, if condition: ObjectCondition?
    ) async throws -> ObjectInfo {
        do {
            let replaced = try await commit { try $0.put(row, if: condition) }
            body.release()
            if let replaced { await discard([replaced]) }
        } catch {
            // Some failures leave it open whether the row is on the disk.
            if (error as? ObjectError)?.leavesItOpen ?? true { body.release() }
            throw error
        }
        return row.info
    }

    /// - Returns: `nil` if the file is gone.
    ///
    /// Opens it here: what names and inodes need is in the system's memory but for the first time.
    private func openWhole(_ row: ObjectRow) throws -> WholeObject? {
        do {
            return WholeObject(row, try folder.open(row.body, in: row.bucket, size: row.info.bytes), on: threads)
        } catch let error as FileError where error.isMissing {
            return nil
        } catch { throw Self.named(error) }
    }

    /// - Returns: `nil` if it was replaced meanwhile.
    private func openInParts(_ row: ObjectRow, _ upload: String) async throws -> ObjectInParts? {
        pins.pin(upload)
        let unpin: @Sendable () -> Void = { [pins, threads] in
            for removal in pins.unpin(upload) { threads.start(removal) }
        }
        do {
            let key = try ObjectKey(row.info.key)
            // Whoever removes the parts from now on sees the pin.
            let parts = try await read { database in
                try database.objectRow(of: key, in: row.bucket)?.upload == upload
                    ? try database.partRows(of: upload) : nil
            }
            guard let parts else {
                unpin()
                return nil
            }
            return ObjectInParts(row, parts, in: folder, on: threads, unpin: unpin)
        } catch {
            unpin()
            throw error
        }
    }

    private func put(
        readingBytesOf source: any OpenObject, as draft: ObjectDraft, checksum: Checksum?, in bucket: String,
        if condition: ObjectCondition?
    ) async throws -> ObjectInfo {
        let body = try await receive(for: draft.key, in: bucket, computing: [])
        try await body.append(bytesOf: source, 0..<source.info.bytes)
        _ = try await body.finish([[UInt8]]())
        return try await put(body, as: draft, checksum: checksum, in: bucket, if: condition)
    }
}

extension ObjectDraft {
    func info(
        bytes: Int, etag: String, checksum: Checksum?, at moment: Timestamp, partCount: Int? = nil
    ) -> ObjectInfo {
        ObjectInfo(
            key: key, bytes: bytes, contentType: contentType, metadata: metadata, headers: headers, tags: tags,
            etag: etag, checksum: checksum, modifiedAt: moment, partCount: partCount)
    }
}

extension ObjectError {
    /// Whether what was asked for may have happened all the same.
    var leavesItOpen: Bool { if case .unavailable = self { true } else { false } }
}
