import Objects
import Testing

@Suite("objects: names")
struct ObjectNameTests {
    private let bucket = ObjectSamples.bucket

    @Test("every key is an object of its own, whatever it looks like", arguments: Backend.available)
    func awkwardKeys(_ backend: Backend) async throws {
        let harness = try await Harness.withBucket(backend)
        let objects = harness.objects
        let keys = ObjectSamples.awkwardKeys.filter { backend.can(.linesInKeys) || !$0.contains(where: \.isNewline) }
        for key in keys { try await objects.putNamed(key) }
        for key in keys {
            let object = try await objects.get(key, in: bucket)
            #expect(object.body == Array(key.utf8))
            #expect(object.info.key.utf8.elementsEqual(key.utf8))
        }
        for key in keys {
            try await objects.delete(key, in: bucket)
            #expect(try await objects.head(key, in: bucket) == nil)
        }
        #expect(try await objects.list(prefix: "", after: nil, limit: 1000, in: bucket).isEmpty)
    }

    @Test(
        "a key that no object can have is refused everywhere", arguments: Backend.available,
        ["", "a\0b", String(repeating: "a", count: 1025), String(repeating: "가", count: 342)])
    func badKeys(_ backend: Backend, _ key: String) async throws {
        let harness = try await Harness.withBucket(backend)
        let objects = harness.objects
        let calls: [@Sendable () async throws -> Void] = [
            { try await objects.putNamed(key) }, { _ = try await objects.get(key, in: ObjectSamples.bucket) },
            { _ = try await objects.head(key, in: ObjectSamples.bucket) },
            { try await objects.delete(key, in: ObjectSamples.bucket) },
        ]
        for call in calls {
            let error = await #expect(throws: ObjectError.self) { try await call() }
            #expect(error?.label == "bad_key")
        }
    }

    @Test(
        "a bucket that was never created has nothing and takes nothing", arguments: Backend.available,
        ["other-bucket", "", "..", "../speaktracker-audio", "Speaktracker-Audio", "speaktracker-audio/", ".incoming"])
    func missingBucket(_ backend: Backend, _ name: String) async throws {
        let harness = try await Harness.withBucket(backend)
        let objects = harness.objects
        try await objects.putNamed("a")
        let calls: [@Sendable () async throws -> Void] = [
            { _ = try await objects.put([1], at: "a", in: name, contentType: "a/b") },
            { _ = try await objects.get("a", in: name) },
            { _ = try await objects.head("a", in: name) },
            { try await objects.delete("a", in: name) },
            { _ = try await objects.list(prefix: "", after: nil, limit: 1, in: name) },
        ]
        for call in calls { await #expect(throws: ObjectError.noSuchBucket(name)) { try await call() } }
    }

    @Test(
        "a bucket's name keeps to the rules", arguments: Backend.available,
        ["", "ab", "..", "Audio", "a/b", "../objects", ".incoming", "192.168.0.1", "a\0b", "-/-"])
    func badBucket(_ backend: Backend, _ name: String) async throws {
        let harness = try await backend.make()
        await #expect(throws: ObjectError.badBucketName(name)) { try await harness.objects.createBucket(name) }
    }

    @Test("a bucket may be created again and keeps what it has", arguments: Backend.available)
    func bucketAgain(_ backend: Backend) async throws {
        let harness = try await Harness.withBucket(backend)
        try await harness.objects.putNamed("a")
        try await harness.objects.createBucket(bucket)
        #expect(try await harness.objects.head("a", in: bucket) != nil)
    }

    @Test("one key in two buckets names two objects", arguments: Backend.available)
    func twoBuckets(_ backend: Backend) async throws {
        let harness = try await Harness.withBucket(backend)
        let objects = harness.objects
        try await objects.createBucket("speaktracker-audio.b")
        try await objects.put([1], at: "a", in: bucket, contentType: "a/b")
        try await objects.put([2], at: "a", in: "speaktracker-audio.b", contentType: "a/b")
        try await objects.delete("a", in: bucket)
        #expect(try await objects.head("a", in: bucket) == nil)
        #expect(try await objects.get("a", in: "speaktracker-audio.b").body == [2])
    }
}
