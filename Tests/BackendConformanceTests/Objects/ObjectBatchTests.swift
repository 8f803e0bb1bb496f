import Objects
import Testing

@Suite("objects: several in one put")
struct ObjectBatchTests {
    private let bucket = ObjectSamples.bucket

    private static let objects = [
        NewObject(key: "tts/b.wav", bytes: ObjectSamples.bytes(50_000), contentType: "audio/wav", metadata: ["n": "1"]),
        NewObject(key: "tts/a.json", bytes: Array("{}".utf8), contentType: "application/json"),
        NewObject(key: "empty", bytes: [], contentType: "a/b"),
    ]

    @Test("each is as a put of its own would leave it, and told in order", arguments: Backend.that(.objects))
    func same(_ backend: Backend) async throws {
        let harness = try await Harness.withBucket(backend)
        let infos = try await harness.objects.put(Self.objects, in: bucket)
        for (object, info) in zip(Self.objects, infos) {
            #expect(try await harness.objects.get(object.key, in: bucket).body == object.bytes)
            #expect(try await harness.objects.head(object.key, in: bucket) == info)
            let alone = try await harness.objects.put(
                object.bytes, at: object.key, in: bucket, contentType: object.contentType, metadata: object.metadata)
            #expect(alone == info)
        }
        #expect(infos.map(\.key) == Self.objects.map(\.key))
        #expect(try await harness.objects.list(prefix: "", after: nil, limit: 10, in: bucket).count == 3)
    }

    @Test("none is nothing", arguments: Backend.that(.objects))
    func none(_ backend: Backend) async throws {
        let harness = try await Harness.withBucket(backend)
        #expect(try await harness.objects.put([], in: bucket) == [])
        #expect(try await harness.objects.list(prefix: "", after: nil, limit: 10, in: bucket) == [])
    }

    @Test("they take the place of what was there", arguments: Backend.that(.objects))
    func overwrite(_ backend: Backend) async throws {
        let harness = try await Harness.withBucket(backend)
        for byte in 1...3 as ClosedRange<UInt8> {
            let objects = ["a", "b"].map { NewObject(key: $0, bytes: [byte], contentType: "\(byte)") }
            try await harness.objects.put(objects, in: bucket)
        }
        for key in ["a", "b"] {
            let object = try await harness.objects.get(key, in: bucket)
            #expect(object.body == [3] && object.info.contentType == "3")
        }
        #expect(try await harness.objects.list(prefix: "", after: nil, limit: 10, in: bucket).count == 2)
    }

    @Test("a missing bucket and a bad key are told", arguments: Backend.that(.objects))
    func refused(_ backend: Backend) async throws {
        let harness = try await Harness.withBucket(backend)
        await #expect(throws: ObjectError.noSuchBucket("other")) {
            try await harness.objects.put(Self.objects, in: "other")
        }
        let error = await #expect(throws: ObjectError.self) {
            try await harness.objects.put(Self.objects + [NewObject(key: "", bytes: [], contentType: "")], in: bucket)
        }
        #expect(error?.label == "bad_key")
    }
}
