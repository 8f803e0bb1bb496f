import Objects
import SpeakModel

/// What the store changes in its tables.
extension WriteConnection {
    typealias ObjectRow = EmbeddedObjectStore.ObjectRow
    typealias BodyName = EmbeddedObjectStore.BodyName

    func createBucket(_ bucket: BucketName) throws {
        try statement("INSERT OR IGNORE INTO buckets (name) VALUES (?)").bind(bucket.description, at: 1).run()
    }

    /// Puts a row in place of the one with the same key.
    ///
    /// - Returns: The body that the object had before.
    func put(_ row: ObjectRow) throws -> BodyName? {
        let replaced = try removeObjectRow(of: row.info.key, in: row.bucket)
        let sql: StaticString = """
            INSERT INTO objects (bucket, key, size, etag, content_type, metadata, modified_at, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """
        try statement(sql)
            .bind(row.bucket.description, at: 1).bind(Array(row.info.key.utf8), at: 2)
            .bind(Int64(row.info.bytes), at: 3).bind(row.info.etag, at: 4).bind(row.info.contentType, at: 5)
            .bind(row.metadataJSON, at: 6).bind(row.info.modifiedAt.milliseconds, at: 7).bind(row.body.path, at: 8)
            .run()
        return replaced
    }

    /// - Returns: The body that the object had.
    func removeObjectRow(of key: String, in bucket: BucketName) throws -> BodyName? {
        let removal = try statement("DELETE FROM objects WHERE bucket = ? AND key = ? RETURNING body")
            .bind(bucket.description, at: 1).bind(Array(key.utf8), at: 2)
        var body: BodyName?
        while try removal.step() { body = removal.text(0).flatMap(BodyName.init(path:)) }
        return body
    }
}
