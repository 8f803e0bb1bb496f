import Foundation
import GRDB
import Objects

/// What the store asks of its tables.
extension Database {
    typealias ObjectRow = EmbeddedObjectStore.ObjectRow
    typealias BodyName = EmbeddedObjectStore.BodyName

    /// - Throws: ``ObjectError/noSuchBucket(_:)``.
    func bucket(named name: String) throws -> BucketName {
        let found = try String.fetchOne(
            cachedStatement(sql: "SELECT name FROM buckets WHERE name = ?"), arguments: [name])
        guard let found else { throw ObjectError.noSuchBucket(name) }
        return try BucketName(found)
    }

    func buckets() throws -> [BucketName] {
        try String.fetchAll(self, sql: "SELECT name FROM buckets").map { try BucketName($0) }
    }

    func objectRow(of key: ObjectKey, in bucket: BucketName) throws -> ObjectRow? {
        let statement = try cachedStatement(sql: "SELECT * FROM objects WHERE bucket = ? AND key = ?")
        return try Row.fetchOne(statement, arguments: [bucket.description, Data(key.utf8)]).map(ObjectRow.init)
    }

    func objectRows(in range: ObjectKeyRange, limit: Int, of bucket: BucketName) throws -> [ObjectRow] {
        let behind = range.excludesLowerBound ? "key > :lower" : "key >= :lower"
        // Two conditions on the key and nothing else, so that SQLite reads these rows only.
        let before = range.upperBound == nil ? "" : "AND key < :upper"
        let sql = "SELECT * FROM objects WHERE bucket = :bucket AND \(behind) \(before) ORDER BY key LIMIT :limit"
        var arguments: StatementArguments = [
            "bucket": bucket.description, "lower": Data(range.lowerBound), "limit": limit,
        ]
        if let upper = range.upperBound { _ = arguments.append(contentsOf: ["upper": Data(upper)]) }
        return try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments).map(ObjectRow.init)
    }

    /// The paths of the bodies in a folder that an object has.
    func bodyPaths(inFolder folder: String, of bucket: BucketName) throws -> Set<String> {
        // "0" is the character behind "/".
        let sql = "SELECT body FROM objects WHERE bucket = ? AND body > ? || '/' AND body < ? || '0'"
        return try String.fetchSet(cachedStatement(sql: sql), arguments: [bucket.description, folder, folder])
    }
}
