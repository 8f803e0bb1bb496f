import Objects
import SpeakModel
import Testing

@Suite("objects: bodies")
struct ObjectBodyTests {
    private let bucket = ObjectSamples.bucket

    @Test(
        "what was put is what is got, from nothing to five megabytes", arguments: Backend.available,
        [0, 1, 4095, 4096, 4097, 5_000_000])
    func roundTrip(_ backend: Backend, _ size: Int) async throws {
        let harness = try await Harness.withBucket(backend)
        let bytes = ObjectSamples.bytes(size)
        let info = try await harness.objects.put(bytes, at: "a", in: bucket, contentType: "audio/mpeg")
        let object = try await harness.objects.get("a", in: bucket)
        #expect(object.body == bytes)
        #expect(object.info == info)
        #expect(info.bytes == size)
    }

    /// The digests are those of RFC 1321, appendix A.5.
    @Test(
        "the entity tag is the body's MD5", arguments: Backend.available,
        [
            ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
            ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        ])
    func etag(_ backend: Backend, _ sample: (text: String, digest: String)) async throws {
        let harness = try await Harness.withBucket(backend)
        let info = try await harness.objects.put(Array(sample.text.utf8), at: "a", in: bucket, contentType: "a/b")
        #expect(info.etag == sample.digest)
        #expect(try await harness.objects.head("a", in: bucket)?.etag == sample.digest)
    }

    @Test("what is known of an object is kept with it", arguments: Backend.available)
    func metadata(_ backend: Backend) async throws {
        let harness = try await Harness.withBucket(backend)
        var metadata = ["session": "s-1", "text": "물 한 잔 \"주세요\"\n", "empty": "", "null": "null"]
        if backend.can(.metadataNames) { metadata[""] = "nameless" }
        let info = try await harness.objects.put(
            [1, 2, 3], at: "a", in: bucket, contentType: "audio/ogg; codecs=opus", metadata: metadata)
        #expect(info.key == "a")
        #expect(info.bytes == 3)
        #expect(info.contentType == "audio/ogg; codecs=opus")
        #expect(info.metadata == metadata)
        #expect(info.modifiedAt == harness.now())
        #expect(try await harness.objects.head("a", in: bucket) == info)
        #expect(try await harness.objects.list(prefix: "", after: nil, limit: 10, in: bucket) == [info.summary])
    }

    @Test("an object put again is the new one in everything", arguments: Backend.available)
    func overwrite(_ backend: Backend) async throws {
        let harness = try await Harness.withBucket(backend)
        let objects = harness.objects
        try await objects.put([1, 2, 3], at: "a", in: bucket, contentType: "audio/wav", metadata: ["old": "1"])
        try await harness.wait(.seconds(5))
        let info = try await objects.put([4], at: "a", in: bucket, contentType: "audio/flac", metadata: ["new": "2"])
        #expect(info.modifiedAt == harness.now())
        #expect(try await objects.get("a", in: bucket) == StoredObject(info: info, body: [4]))
        #expect(try await objects.list(prefix: "", after: nil, limit: 10, in: bucket) == [info.summary])
    }

    @Test("a deleted object is gone, and may be deleted again and put again", arguments: Backend.available)
    func delete(_ backend: Backend) async throws {
        let harness = try await Harness.withBucket(backend)
        let objects = harness.objects
        try await objects.delete("a", in: bucket)
        try await objects.putNamed("a")
        try await objects.putNamed("a/b")
        try await objects.delete("a", in: bucket)
        try await objects.delete("a", in: bucket)
        await #expect(throws: ObjectError.noSuchObject("a")) { try await objects.get("a", in: bucket) }
        #expect(try await objects.head("a", in: bucket) == nil)
        #expect(try await objects.list(prefix: "", after: nil, limit: 10, in: bucket).map(\.key) == ["a/b"])
        try await objects.putNamed("a")
        #expect(try await objects.get("a", in: bucket).body == Array("a".utf8))
    }
}
