import Objects
import SpeakModel

extension WriteConnection {
    typealias PartRow = EmbeddedObjectStore.PartRow

    func begin(_ upload: Upload, in bucket: BucketName) throws {
        try checkBucket(bucket)
        let sql: StaticString = """
            INSERT INTO uploads (
                id, bucket, key, content_type, metadata, headers, tags, algorithm, checksum_type, started_at
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        try statement(sql)
            .bind(upload.id, at: 1).bind(bucket.description, at: 2).bind(Array(upload.draft.key.utf8), at: 3)
            .bind(upload.draft.contentType, at: 4).bind(StringMap.text(upload.draft.metadata), at: 5)
            .bind(StringMap.text(upload.draft.headers), at: 6).bind(StringMap.text(upload.draft.tags), at: 7)
            .bind(upload.algorithm?.rawValue, at: 8).bind(upload.checksumType.rawValue, at: 9)
            .bind(upload.startedAt.milliseconds, at: 10).run()
    }

    /// - Returns: The body that the part had before.
    func put(_ row: PartRow, of upload: String, in bucket: BucketName) throws -> RemovedBody? {
        try checkUpload(upload)
        let removal = try statement("DELETE FROM parts WHERE upload = ? AND number = ? RETURNING body")
            .bind(upload, at: 1).bind(Int64(row.part.number), at: 2)
        var replaced: [BodyName] = []
        while try removal.step() {
            if let body = removal.text(0).flatMap(BodyName.init(path:)) { replaced.append(body) }
        }
        let sql: StaticString = """
            INSERT INTO parts (upload, number, bucket, size, etag, checksum, modified_at, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """
        try statement(sql)
            .bind(upload, at: 1).bind(Int64(row.part.number), at: 2).bind(bucket.description, at: 3)
            .bind(Int64(row.part.bytes), at: 4).bind(row.part.etag, at: 5).bind(row.part.checksum?.column, at: 6)
            .bind(row.part.modifiedAt.milliseconds, at: 7).bind(row.body.path, at: 8).run()
        return replaced.isEmpty ? nil : RemovedBody(bucket: bucket, bodies: replaced, upload: nil)
    }

    /// Makes an object of these parts, numbered anew from 1.
    ///
    /// - Parameter object: Its row, but for the body.
    /// - Returns: The object's row, and the bodies that nobody needs any more.
    func complete(
        _ object: ObjectInfo, of upload: String, _ parts: [UploadedPart], in bucket: BucketName,
        if condition: ObjectCondition?
    ) throws -> [RemovedBody] {
        try checkUpload(upload)
        let rows = try database.partRows(of: upload)
        let byNumber = Dictionary(uniqueKeysWithValues: rows.map { ($0.part.number, $0) })
        for part in parts where byNumber[part.number]?.part != part { throw ObjectError.invalidPart(part.number) }
        guard let first = parts.first, let body = byNumber[first.number]?.body else {
            throw ObjectError.invalidPart(0)
        }
        let chosen = Set(parts.map(\.number))
        let unwanted = rows.filter { !chosen.contains($0.part.number) }
        for row in unwanted {
            try statement("DELETE FROM parts WHERE upload = ? AND number = ?")
                .bind(upload, at: 1).bind(Int64(row.part.number), at: 2).run()
        }
        for (index, part) in parts.enumerated() where part.number != index + 1 {
            try statement("UPDATE parts SET number = ? WHERE upload = ? AND number = ?")
                .bind(Int64(index + 1), at: 1).bind(upload, at: 2).bind(Int64(part.number), at: 3).run()
        }
        let replaced = try put(ObjectRow(bucket: bucket, info: object, body: body, upload: upload), if: condition)
        try statement("DELETE FROM uploads WHERE id = ?").bind(upload, at: 1).run()
        let leftOut = RemovedBody(bucket: bucket, bodies: unwanted.map(\.body), upload: nil)
        return [leftOut] + (replaced.map { [$0] } ?? [])
    }

    func removeUpload(_ upload: String, in bucket: BucketName) throws -> RemovedBody? {
        let count = try statement("DELETE FROM uploads WHERE id = ?").bind(upload, at: 1).run()
        guard count > 0 else { return nil }
        return RemovedBody(bucket: bucket, bodies: try removeParts(of: upload), upload: nil)
    }

    private func checkUpload(_ upload: String) throws {
        let reading = try statement("SELECT 1 FROM uploads WHERE id = ?").bind(upload, at: 1)
        guard try reading.step() else { throw ObjectError.noSuchUpload }
        reading.reset()
    }
}
