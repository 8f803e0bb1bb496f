import Foundation
import GRDB
import Objects
import SpeakModel

extension EmbeddedObjectStore {
    /// The name of the setting that holds a bucket's rules, as JSON of `[LifecycleRule]`.
    package static let lifecycleRules = "lifecycle.rules"

    /// Deletes objects that their buckets' rules let expire, and aborts uploads that nobody ends.
    ///
    /// - Returns: How many it deleted, `limit` at most.
    package func sweepExpired(limit: Int) async throws -> Int {
        var count = 0
        for bucket in try await buckets() {
            for rule in try Self.rules(of: bucket) where rule.isEnabled && count < limit {
                count += try await sweep(rule, of: bucket.name, limit: limit - count)
            }
        }
        return count
    }

    private static func rules(of bucket: Bucket) throws -> [LifecycleRule] {
        guard let text = bucket.settings[lifecycleRules] else { return [] }
        return try JSONDecoder().decode([LifecycleRule].self, from: Data(text.utf8))
    }

    private func sweep(_ rule: LifecycleRule, of bucket: BucketName, limit: Int) async throws -> Int {
        let now = storage.now()
        let removed = try await commit { connection in
            try connection.removeObjects(expiredBy: rule, in: bucket, at: now, limit: limit)
                + connection.removeUploads(expiredBy: rule, in: bucket, at: now, limit: limit)
        }
        await discard(removed)
        return min(removed.count, limit)
    }
}

extension WriteConnection {
    fileprivate func removeObjects(
        expiredBy rule: LifecycleRule, in bucket: BucketName, at now: Timestamp, limit: Int
    ) throws -> [RemovedBody] {
        guard let oldest = rule.oldest(at: now) else { return [] }
        let range = ObjectKeyRange(prefix: rule.prefix, after: nil)
        let sql = """
            SELECT key FROM objects INDEXED BY objects_by_age
            WHERE bucket = :bucket AND modified_at <= :oldest AND key >= :lower AND (:upper IS NULL OR key < :upper)
                AND size > :above AND size < :below
                AND (SELECT count(*) FROM json_each(:tags) AS wanted JOIN json_each(objects.tags) AS found
                    ON wanted.key = found.key AND wanted.value = found.value) = :tag_count
            LIMIT :limit
            """
        let keys = try Data.fetchAll(
            database, sql: sql,
            arguments: [
                "bucket": bucket.description, "oldest": oldest.milliseconds, "lower": Data(range.lowerBound),
                "upper": range.upperBound.map { Data($0) }, "above": rule.sizeAbove ?? -1,
                "below": rule.sizeBelow ?? .max, "tags": StringMap.text(rule.tags), "tag_count": rule.tags.count,
                "limit": limit,
            ])
        return try keys.compactMap { try removeObjectRow(of: String(decoding: $0, as: UTF8.self), in: bucket) }
    }

    fileprivate func removeUploads(
        expiredBy rule: LifecycleRule, in bucket: BucketName, at now: Timestamp, limit: Int
    ) throws -> [RemovedBody] {
        guard let oldest = rule.oldestUpload(at: now) else { return [] }
        let range = ObjectKeyRange(prefix: rule.prefix, after: nil)
        let sql = """
            SELECT id FROM uploads WHERE bucket = :bucket AND started_at <= :oldest AND key >= :lower
                AND (:upper IS NULL OR key < :upper) LIMIT :limit
            """
        let ids = try String.fetchAll(
            database, sql: sql,
            arguments: [
                "bucket": bucket.description, "oldest": oldest.milliseconds, "lower": Data(range.lowerBound),
                "upper": range.upperBound.map { Data($0) }, "limit": limit,
            ])
        return try ids.compactMap { try removeUpload($0, in: bucket) }
    }
}
