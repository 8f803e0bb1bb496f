import Foundation
import GRDB
import Objects
import SpeakModel

/// What the store asks of its tables.
extension Database {
    typealias ObjectRow = EmbeddedObjectStore.ObjectRow
    typealias PartRow = EmbeddedObjectStore.PartRow
    typealias BodyName = EmbeddedObjectStore.BodyName

    /// - Throws: ``ObjectError/noSuchBucket(_:)``.
    func bucket(named name: String) throws -> BucketName {
        let found = try String.fetchOne(
            cachedStatement(sql: "SELECT name FROM buckets WHERE name = ?"), arguments: [name])
        guard let found else { throw ObjectError.noSuchBucket(name) }
        return try BucketName(found)
    }

    func buckets() throws -> [Bucket] {
        try Row.fetchAll(self, sql: "SELECT * FROM buckets ORDER BY name").map { row in
            Bucket(
                name: try BucketName(row["name"]), createdAt: Timestamp(milliseconds: row["created_at"]),
                settings: try StringMap.values(row["settings"]))
        }
    }

    func objectRow(of key: ObjectKey, in bucket: BucketName) throws -> ObjectRow? {
        let statement = try cachedStatement(
            sql: "SELECT \(ObjectRow.columnsOfLists) FROM objects WHERE bucket = ? AND key = ?")
        return try Row.fetchOne(statement, arguments: [bucket.description, Data(key.utf8)]).map(ObjectRow.init)
    }

    func objectRows(in range: ObjectKeyRange, limit: Int, of bucket: BucketName) throws -> [ObjectRow] {
        let behind = range.excludesLowerBound ? "key > :lower" : "key >= :lower"
        // Two conditions on the key and nothing else, so that SQLite reads these rows only.
        let before = range.upperBound == nil ? "" : "AND key < :upper"
        let sql = """
            SELECT \(ObjectRow.columnsOfLists) FROM objects WHERE bucket = :bucket AND \(behind) \(before)
            ORDER BY key LIMIT :limit
            """
        var arguments: StatementArguments = [
            "bucket": bucket.description, "lower": Data(range.lowerBound), "limit": limit,
        ]
        if let upper = range.upperBound { _ = arguments.append(contentsOf: ["upper": Data(upper)]) }
        return try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments).map(ObjectRow.init)
    }

    /// The paths of the bodies in a folder that an object or a part has.
    func bodyPaths(inFolder folder: String, of bucket: BucketName) throws -> Set<String> {
        // "0" is the character behind "/".
        let condition = "WHERE bucket = :bucket AND body > :folder || '/' AND body < :folder || '0'"
        let sql = "SELECT body FROM objects \(condition) UNION ALL SELECT body FROM parts \(condition)"
        return try String.fetchSet(
            cachedStatement(sql: sql), arguments: ["bucket": bucket.description, "folder": folder])
    }

    func upload(_ id: String, of key: ObjectKey, in bucket: BucketName) throws -> Upload? {
        let statement = try cachedStatement(sql: "SELECT * FROM uploads WHERE id = ? AND bucket = ? AND key = ?")
        return try Row.fetchOne(statement, arguments: [id, bucket.description, Data(key.utf8)]).map(Upload.init)
    }

    func partRows(of upload: String, after number: Int = 0, limit: Int = .max) throws -> [PartRow] {
        let statement = try cachedStatement(
            sql: "SELECT * FROM parts WHERE upload = ? AND number > ? ORDER BY number LIMIT ?")
        return try Row.fetchAll(statement, arguments: [upload, number, limit]).map(PartRow.init)
    }

    func uploads(in range: ObjectKeyRange, after id: String?, limit: Int, of bucket: BucketName) throws -> [Upload] {
        let behind =
            id != nil ? "(key, id) > (:lower, :id)" : range.excludesLowerBound ? "key > :lower" : "key >= :lower"
        let before = range.upperBound == nil ? "" : "AND key < :upper"
        let sql = "SELECT * FROM uploads WHERE bucket = :bucket AND \(behind) \(before) ORDER BY key, id LIMIT :limit"
        var arguments: StatementArguments = [
            "bucket": bucket.description, "lower": Data(range.lowerBound), "limit": limit,
        ]
        if let id { _ = arguments.append(contentsOf: ["id": id]) }
        if let upper = range.upperBound { _ = arguments.append(contentsOf: ["upper": Data(upper)]) }
        return try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments).map(Upload.init)
    }
}

extension ReadConnection {
    func objectRow(of key: ObjectKey, in bucket: BucketName) throws -> EmbeddedObjectStore.ObjectRow? {
        let sql = "SELECT \(EmbeddedObjectStore.ObjectRow.columns) FROM objects WHERE bucket = ? AND key = ?"
        let reading = try statement(sql).bind(bucket.description, at: 1).bind(Array(key.utf8), at: 2)
        return try reading.step() ? EmbeddedObjectStore.ObjectRow(reading, key: key, in: bucket) : nil
    }
}
