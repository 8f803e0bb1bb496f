import GRDB
import Objects
import SpeakModel

extension WriteConnection {
    /// - Returns: Whether there was none.
    func createBucket(_ bucket: BucketName, settings: [String: String], at now: Timestamp) throws -> Bool {
        try statement("INSERT OR IGNORE INTO buckets (name, created_at, settings) VALUES (?, ?, ?)")
            .bind(bucket.description, at: 1).bind(now.milliseconds, at: 2).bind(StringMap.text(settings), at: 3)
            .run() > 0
    }

    /// - Throws: ``ObjectError/noSuchBucket(_:)`` if it was deleted meanwhile.
    func checkBucket(_ bucket: BucketName) throws {
        let reading = try statement("SELECT 1 FROM buckets WHERE name = ?").bind(bucket.description, at: 1)
        guard try reading.step() else { throw ObjectError.noSuchBucket(bucket.description) }
        reading.reset()
    }

    /// - Returns: The bodies of parts of uploads that nobody has ended.
    func deleteBucket(_ bucket: BucketName) throws -> [RemovedBody] {
        try checkBucket(bucket)
        let reading = try statement("SELECT 1 FROM objects WHERE bucket = ? LIMIT 1").bind(bucket.description, at: 1)
        let isEmpty = try !reading.step()
        reading.reset()
        guard isEmpty else { throw ObjectError.bucketNotEmpty(bucket.description) }
        let uploads = try String.fetchAll(
            database, sql: "SELECT id FROM uploads WHERE bucket = ?", arguments: [bucket.description])
        let removed = try uploads.compactMap { try removeUpload($0, in: bucket) }
        try statement("DELETE FROM buckets WHERE name = ?").bind(bucket.description, at: 1).run()
        return removed
    }

    func change(_ changes: [String: String?], of bucket: BucketName) throws {
        let reading = try statement("SELECT settings FROM buckets WHERE name = ?").bind(bucket.description, at: 1)
        guard try reading.step() else { throw ObjectError.noSuchBucket(bucket.description) }
        let text = reading.text(0)
        reading.reset()
        var settings = try StringMap.values(text)
        for (name, value) in changes { settings[name] = value }
        try statement("UPDATE buckets SET settings = ? WHERE name = ?")
            .bind(StringMap.text(settings), at: 1).bind(bucket.description, at: 2).run()
    }
}
