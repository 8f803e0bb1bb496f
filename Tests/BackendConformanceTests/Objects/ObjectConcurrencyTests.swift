import Objects
import Testing

@Suite("objects: many at once")
struct ObjectConcurrencyTests {
    private let bucket = ObjectSamples.bucket

    /// A body from which its writer and any mixing can be told: one byte over and over, in a length of its own.
    private static func body(of writer: Int) -> [UInt8] { Array(repeating: UInt8(writer), count: 20_000 + writer) }

    // moto stores a body before its metadata.
    @Test("a reader sees one whole object while many put the same key", arguments: Backend.that(.isolation))
    func oneKey(_ backend: Backend) async throws {
        let harness = try await Harness.withBucket(backend)
        let objects = harness.objects
        try await objects.put(Self.body(of: 0), at: "a", in: bucket, contentType: "0", metadata: ["writer": "0"])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 1...8 {
                group.addTask {
                    for _ in 1...15 {
                        try await objects.put(
                            Self.body(of: writer), at: "a", in: ObjectSamples.bucket, contentType: "\(writer)",
                            metadata: ["writer": "\(writer)"])
                    }
                }
            }
            for _ in 1...4 {
                group.addTask { for _ in 1...60 { try await Self.expectWhole(objects) } }
            }
            try await group.waitForAll()
        }
        try await Self.expectWhole(objects)
        #expect(try await objects.list(prefix: "", after: nil, limit: 10, in: bucket).count == 1)
    }

    private static func expectWhole(_ objects: any ObjectStore) async throws {
        let object = try await objects.get("a", in: ObjectSamples.bucket)
        let writer = try #require(Int(object.info.contentType))
        #expect(object.body == body(of: writer))
        #expect(object.info.bytes == object.body.count)
        #expect(object.info.metadata == ["writer": "\(writer)"])
    }

    @Test("a key that is put and deleted at once is whole or not there", arguments: Backend.available)
    func putAndDelete(_ backend: Backend) async throws {
        let harness = try await Harness.withBucket(backend)
        let objects = harness.objects
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for _ in 1...60 { try await objects.putNamed("a") } }
            group.addTask { for _ in 1...60 { try await objects.delete("a", in: ObjectSamples.bucket) } }
            group.addTask {
                for _ in 1...120 {
                    do {
                        let body = try await objects.get("a", in: ObjectSamples.bucket).body
                        #expect(body == Array("a".utf8))
                    } catch ObjectError.noSuchObject("a") {}
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("many keys put at once are all there", arguments: Backend.available)
    func manyKeys(_ backend: Backend) async throws {
        let harness = try await Harness.withBucket(backend)
        let objects = harness.objects
        let keys = (100..<(backend.can(.speed) ? 300 : 150)).map { "recordings/\($0).wav" }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for key in keys { group.addTask { try await objects.putNamed(key) } }
            try await group.waitForAll()
        }
        #expect(try await objects.list(prefix: "", after: nil, limit: 1000, in: bucket).map(\.key) == keys)
        for key in keys { #expect(try await objects.get(key, in: bucket).body == Array(key.utf8)) }
    }
}
