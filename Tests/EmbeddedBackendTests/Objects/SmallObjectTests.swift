import EmbeddedBackend
import Foundation
import Objects
import Testing

/// Bodies that are kept in their rows.
@Suite("embedded objects: small ones")
struct SmallObjectTests {
    private let temporary = TemporaryFolder()
    private var path: String { temporary.path + "/data" }
    private let bucket = "speaktracker-audio"
    private static let most = 4096

    private func open() async throws -> DataFolder {
        let folder = try DataFolder.open(path)
        try await folder.objects.createBucket(bucket)
        return folder
    }

    private func fileCount() throws -> Int { try FileTree(path + "/objects").paths.count }

    private static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) } }

    @Test("what fits has no file, what is larger by one byte has, and so has sound of any length")
    func border() async throws {
        let folder = try await open()
        let store = folder.objects
        try await store.put(Self.bytes(Self.most), at: "marks", in: bucket, contentType: "application/x-json-stream")
        #expect(try fileCount() == 0)
        #expect(try await store.filePath(ofObjectAt: "marks", in: bucket) == nil)
        try await store.put(Self.bytes(Self.most + 1), at: "large", in: bucket, contentType: "text/plain")
        try await store.put([1], at: "click", in: bucket, contentType: "audio/mpeg")
        #expect(try fileCount() == 2)
        #expect(try await store.filePath(ofObjectAt: "click", in: bucket) != nil)
        try folder.close()
    }

    @Test("they are there, whole and in parts, when the folder is opened again", arguments: [0, 1, most])
    func reopens(_ count: Int) async throws {
        let first = try await open()
        let info = try await first.objects.put(Self.bytes(count), at: "a", in: bucket, contentType: "text/plain")
        try first.close()
        let second = try DataFolder.open(path)
        let found = try await second.objects.get("a", in: bucket, range: nil)
        #expect(found.body == Self.bytes(count))
        #expect(found.info == info)
        if count > 1 {
            #expect(try await second.objects.get("a", in: bucket, range: 1..<3).body == Array(Self.bytes(count)[1..<3]))
        }
        try second.close()
    }

    @Test("one put in place of another leaves the files of neither")
    func replaces() async throws {
        let folder = try await open()
        for count in [Self.most + 1, 1, Self.most + 1, 2] {
            try await folder.objects.put(Self.bytes(count), at: "a", in: bucket, contentType: "text/plain")
            #expect(try fileCount() == (count > Self.most ? 1 : 0))
            #expect(try await folder.objects.get("a", in: bucket, range: nil).body == Self.bytes(count))
        }
        try await folder.objects.delete("a", in: bucket)
        #expect(try await folder.objects.head("a", in: bucket) == nil)
        try folder.close()
    }

    @Test(
        "a body that comes piece by piece goes where its whole belongs",
        arguments: [
            ([0], 0), ([1, 2, 3], 0), ([most - 1, 1], 0), ([most, 1], 1), ([1, most], 1), ([3, 9000, 3], 1),
        ])
    func arrives(_ pieces: [Int], _ files: Int) async throws {
        let folder = try await open()
        let body = try await folder.objects.receive(for: "a", in: bucket, computing: [])
        for count in pieces.dropLast() { try await body.append([Self.bytes(count)]) }
        _ = try await body.finish([Self.bytes(pieces.last ?? 0)])
        let info = try await folder.objects.put(
            body, as: ObjectDraft(key: "a", contentType: "text/plain"), checksum: nil, in: bucket, if: nil)
        #expect(try fileCount() == files)
        #expect(info.bytes == pieces.reduce(0, +))
        #expect(try await folder.objects.get("a", in: bucket, range: nil).body == pieces.flatMap(Self.bytes))
        try folder.close()
    }

    @Test("one that is forgotten leaves nothing, and one that is a part has a file")
    func others() async throws {
        let folder = try await open()
        let store = folder.objects
        do {
            let forgotten = try await store.receive(for: "a", in: bucket, computing: [])
            _ = try await forgotten.finish([[1, 2, 3] as [UInt8]])
        }
        #expect(try await store.head("a", in: bucket) == nil)
        let upload = try await store.begin(
            ObjectDraft(key: "b", contentType: "text/plain"), algorithm: nil, checksumType: .fullObject, in: bucket)
        let body = try await store.receive(for: "b", in: bucket, computing: [])
        _ = try await body.finish([[1, 2, 3] as [UInt8]])
        _ = try await store.put(body, asPart: 1, of: upload, checksum: nil, in: bucket)
        #expect(try fileCount() == 1)
        try folder.close()
    }
}
