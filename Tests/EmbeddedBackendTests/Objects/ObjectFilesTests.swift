import EmbeddedBackend
import Foundation
import Objects
import Testing

/// What an embedded store does with files.
@Suite("embedded objects: files")
struct ObjectFilesTests {
    private let temporary = TemporaryFolder()
    private var path: String { temporary.path + "/data" }
    private let bucket = "speaktracker-audio"

    private static let awkwardKeys = [
        "../../escaped", "../../etc/passwd", "/etc/passwd", "/", ".", "..", "a//b", "a", "a/b", "%2e%2e/escaped",
        "a\nb",
        ".incoming/a", "../speaktracker.sqlite", "owner.lock", "문장.mp3", "😀", " ", "-rf",
        String(repeating: "../", count: 300) + "tmp/escaped", String(repeating: "x", count: 1024),
    ]

    private func open() async throws -> DataFolder {
        let folder = try DataFolder.open(path)
        try await folder.objects.createBucket(bucket)
        return folder
    }

    private func files() throws -> FileTree { try FileTree(path + "/objects") }

    @Test("whatever the keys, nothing outside the folder of the objects changes")
    func staysInside() async throws {
        try FileManager.default.createDirectory(atPath: temporary.path + "/etc", withIntermediateDirectories: true)
        for name in ["etc/passwd", "escaped", "a"] {
            try "untouched".write(toFile: "\(temporary.path)/\(name)", atomically: false, encoding: .utf8)
        }
        let folder = try await open()
        let database = "data/speaktracker.sqlite"
        let before = try FileTree(temporary.path, without: "data/objects")
        for key in Self.awkwardKeys {
            for body in 1...2 as ClosedRange<UInt8> {
                try await folder.objects.put([body], at: key, in: bucket, contentType: "audio/b")
            }
        }
        #expect(try files().paths.count == Self.awkwardKeys.count)
        for path in try files().paths {
            #expect(path.wholeMatch(of: #/speaktracker-audio/[0-9a-f]{2}/[A-Za-z0-9_][A-Za-z0-9_.-]{0,97}/#) != nil)
        }
        for key in Self.awkwardKeys { try await folder.objects.delete(key, in: bucket) }
        #expect(try files().paths == [])
        let after = try FileTree(temporary.path, without: "data/objects")
        #expect(after.paths == before.paths)
        for (path, data) in before.contents where !path.hasPrefix(database) { #expect(after.contents[path] == data) }
        try folder.close()
    }

    @Test("a file is found by its object's key, and can be played: it has the bytes and the ending")
    func playable() async throws {
        let folder = try await open()
        let key = "tts/session-1/0 Good morning.mp3"
        try await folder.objects.put([1, 2, 3], at: key, in: bucket, contentType: "audio/mpeg")
        let file = try #require(try await folder.objects.filePath(ofObjectAt: key, in: bucket))
        #expect(file.hasPrefix(path + "/objects/speaktracker-audio/"))
        #expect(file.contains("/0-Good-morning-"))
        #expect(file.hasSuffix(".mp3"))
        #expect(try Array(Data(contentsOf: URL(filePath: file))) == [1, 2, 3])
        #expect(try await folder.objects.filePath(ofObjectAt: "other", in: bucket) == nil)
        await #expect(throws: ObjectError.noSuchBucket("other")) {
            try await folder.objects.filePath(ofObjectAt: key, in: "other")
        }
        try folder.close()
    }

    @Test("an object put again is a new file, and the old one is removed")
    func oneFile() async throws {
        let folder = try await open()
        var paths: Set<String> = []
        for body in 1...5 as ClosedRange<UInt8> {
            try await folder.objects.put([body], at: "a", in: bucket, contentType: "audio/b")
            paths.insert(try #require(try await folder.objects.filePath(ofObjectAt: "a", in: bucket)))
            #expect(try files().contents.values.map(Array.init) == [[body]])
        }
        #expect(paths.count == 5)
        try folder.close()
    }

    @Test("objects put together lie in one folder, and each replaces its own file")
    func together() async throws {
        let folder = try await open()
        var folders: Set<Substring> = []
        for byte in 1...20 as ClosedRange<UInt8> {
            let objects = ["a", "b", "c"].map { NewObject(key: $0, bytes: [byte], contentType: "audio/b") }
            try await folder.objects.put(objects, in: bucket)
            let paths = try files().paths.map { $0.split(separator: "/") }
            #expect(paths.count == 3)
            #expect(Set(paths.map { $0[1] }).count == 1)
            folders.insert(paths[0][1])
        }
        // Twenty of 256 folders at random: that all are the same has a probability of 256 to the power of -19.
        #expect(folders.count > 1)
        try folder.close()
    }

    @Test("nothing is left of objects whose place cannot be made")
    func noPlace() async throws {
        let folder = try await open()
        // A file where the bucket's folder should be: the bodies are whole, and cannot be moved.
        try Data().write(to: URL(filePath: "\(path)/objects/\(bucket)"))
        let objects = ["a", "b"].map { NewObject(key: $0, bytes: [1], contentType: "audio/b") }
        let error = await #expect(throws: ObjectError.self) { try await folder.objects.put(objects, in: bucket) }
        #expect(error?.label == "unavailable")
        #expect(try files().paths == [bucket])
        #expect(try await folder.objects.list(prefix: "", after: nil, limit: 10, in: bucket) == [])
        try folder.close()
    }

    @Test("a folder opened again has every object as it was")
    func reopens() async throws {
        let first = try await open()
        for key in Self.awkwardKeys {
            try await first.objects.put(
                Array(key.utf8), at: key, in: bucket, contentType: "audio/b", metadata: ["key": key])
        }
        let listed = try await first.objects.list(prefix: "", after: nil, limit: 100, in: bucket)
        try first.close()

        let second = try DataFolder.open(path)
        #expect(listed.count == Self.awkwardKeys.count)
        #expect(try await second.objects.list(prefix: "", after: nil, limit: 100, in: bucket) == listed)
        for key in Self.awkwardKeys {
            #expect(try await second.objects.get(key, in: bucket).body == Array(key.utf8))
        }
        try second.close()
    }
}
