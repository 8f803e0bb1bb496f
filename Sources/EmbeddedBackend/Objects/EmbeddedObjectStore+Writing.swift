import Objects
import SpeakModel

/// What the store changes in its tables.
extension WriteConnection {
    typealias ObjectRow = EmbeddedObjectStore.ObjectRow
    typealias BodyName = EmbeddedObjectStore.BodyName
    typealias RemovedBody = EmbeddedObjectStore.RemovedBody

    /// Puts a row in place of the one with the same key.
    ///
    /// - Returns: The body that the object had before.
    func put(_ row: ObjectRow, if condition: ObjectCondition? = nil) throws -> RemovedBody? {
        try checkBucket(row.bucket)
        try check(condition, key: row.info.key, in: row.bucket)
        let replaced = try removeObjectRow(of: row.info.key, in: row.bucket)
        let sql: StaticString = """
            INSERT INTO objects (
                bucket, key, size, etag, content_type, metadata, modified_at, body, headers, tags, checksum, upload,
                bytes
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        let insertion = try statement(sql)
            .bind(row.bucket.description, at: 1).bind(Array(row.info.key.utf8), at: 2)
            .bind(Int64(row.info.bytes), at: 3).bind(row.info.etag, at: 4).bind(row.info.contentType, at: 5)
            .bind(StringMap.text(row.info.metadata), at: 6).bind(row.info.modifiedAt.milliseconds, at: 7)
            .bind(row.body.path, at: 8).bind(StringMap.text(row.info.headers), at: 9)
            .bind(StringMap.text(row.info.tags), at: 10).bind(row.info.checksum?.column, at: 11)
            .bind(row.upload, at: 12)
        if let bytes = row.bytes {
            try insertion.bind(bytes, at: 13).run()
        } else {
            try insertion.bind(Int64?.none, at: 13).run()
        }
        return replaced
    }

    /// - Returns: The body that the object had.
    func removeObjectRow(
        of key: String, in bucket: BucketName, if condition: ObjectCondition? = nil
    ) throws -> RemovedBody? {
        try check(condition, key: key, in: bucket)
        // The bytes themselves: here SQLite 3.40 answers `bytes IS NULL` with 0, whatever they are.
        let removal = try statement("DELETE FROM objects WHERE bucket = ? AND key = ? RETURNING body, upload, bytes")
            .bind(bucket.description, at: 1).bind(Array(key.utf8), at: 2)
        var removed: RemovedBody?
        while try removal.step() {
            let file = removal.isNull(2) ? removal.text(0).flatMap(BodyName.init(path:)) : nil
            removed = RemovedBody(bucket: bucket, bodies: [file].compactMap(\.self), upload: removal.text(1))
        }
        if let upload = removed?.upload { removed?.bodies = try removeParts(of: upload) }
        return removed
    }

    /// - Returns: The bodies that the parts had.
    func removeParts(of upload: String) throws -> [BodyName] {
        let removal = try statement("DELETE FROM parts WHERE upload = ? RETURNING body").bind(upload, at: 1)
        var bodies: [BodyName] = []
        while try removal.step() { if let body = removal.text(0).flatMap(BodyName.init(path:)) { bodies.append(body) } }
        return bodies
    }

    func setTags(_ tags: [String: String], of key: String, in bucket: BucketName) throws {
        let changed = try statement("UPDATE objects SET tags = ? WHERE bucket = ? AND key = ?")
            .bind(StringMap.text(tags), at: 1).bind(bucket.description, at: 2).bind(Array(key.utf8), at: 3).run()
        guard changed > 0 else { throw ObjectError.noSuchObject(key) }
    }

    /// Whether nobody has put the object anew since this was told of it.
    func isUnchanged(_ info: ObjectSummary, in bucket: BucketName) throws -> Bool {
        let reading = try statement("SELECT etag, modified_at FROM objects WHERE bucket = ? AND key = ?")
            .bind(bucket.description, at: 1).bind(Array(info.key.utf8), at: 2)
        let isThere = try reading.step()
        defer { reading.reset() }
        return isThere && reading.text(0) == info.etag && reading.integer(1) == info.modifiedAt.milliseconds
    }

    private func check(_ condition: ObjectCondition?, key: String, in bucket: BucketName) throws {
        guard let condition else { return }
        let reading = try statement("SELECT etag FROM objects WHERE bucket = ? AND key = ?")
            .bind(bucket.description, at: 1).bind(Array(key.utf8), at: 2)
        let etag = try reading.step() ? reading.text(0) : nil
        reading.reset()
        try condition.check(etag, key: key)
    }
}

extension EmbeddedObjectStore {
    /// Bodies that no row refers to any more.
    struct RemovedBody: Sendable {
        let bucket: BucketName
        var bodies: [BodyName]
        /// By which readers have pinned them.
        let upload: String?
    }
}
