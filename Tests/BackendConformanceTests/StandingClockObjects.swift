import Objects

/// Objects of a server whose clock stands still: a put tells the time of the server's HTTP, which does not, so what was
/// put is asked for again.
struct StandingClockObjects: ObjectStore {
    let store: any ObjectStore

    func createBucket(_ name: String) async throws { try await store.createBucket(name) }
    func put(
        _ bytes: [UInt8], at key: String, in bucket: String, contentType: String, metadata: [String: String]
    ) async throws -> ObjectInfo {
        let told = try await store.put(bytes, at: key, in: bucket, contentType: contentType, metadata: metadata)
        return try await store.head(key, in: bucket) ?? told
    }
    func put(_ objects: [NewObject], in bucket: String) async throws -> [ObjectInfo] {
        var infos = try await store.put(objects, in: bucket)
        for (place, object) in objects.enumerated() {
            infos[place] = try await store.head(object.key, in: bucket) ?? infos[place]
        }
        return infos
    }
    func get(_ key: String, in bucket: String, range: Range<Int>?) async throws -> StoredObject {
        try await store.get(key, in: bucket, range: range)
    }
    func head(_ key: String, in bucket: String) async throws -> ObjectInfo? { try await store.head(key, in: bucket) }
    func delete(_ key: String, in bucket: String) async throws { try await store.delete(key, in: bucket) }
    func delete(unchanged objects: [ObjectSummary], in bucket: String) async throws -> Int {
        try await store.delete(unchanged: objects, in: bucket)
    }
    func list(prefix: String, after: String?, limit: Int, in bucket: String) async throws -> [ObjectSummary] {
        try await store.list(prefix: prefix, after: after, limit: limit, in: bucket)
    }
}
