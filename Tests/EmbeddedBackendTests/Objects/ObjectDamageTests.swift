import EmbeddedBackend
import Foundation
import Objects
import Testing

/// What an embedded store says when its files are not as it left them.
@Suite("embedded objects: damage")
struct ObjectDamageTests {
    private let temporary = TemporaryFolder()
    private let bucket = "speaktracker-audio"

    /// A folder with the object `a`, and where its file is.
    private func open() async throws -> (folder: DataFolder, file: String) {
        let folder = try DataFolder.open(temporary.path)
        try await folder.objects.createBucket(bucket)
        try await folder.objects.put([1, 2, 3], at: "a", in: bucket, contentType: "audio/b")
        let file = try #require(try await folder.objects.filePath(ofObjectAt: "a", in: bucket))
        return (folder, file)
    }

    /// Expects that reading `a` fails for a while, with these words.
    private func expectUnavailable(_ folder: DataFolder, _ words: String) async {
        let error = await #expect(throws: ObjectError.self) { try await folder.objects.get("a", in: bucket) }
        #expect(error?.label == "unavailable")
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test("an object whose file is gone is reported with the file, and can be put again")
    func missingFile() async throws {
        let (folder, file) = try await open()
        try FileManager.default.removeItem(atPath: file)
        await expectUnavailable(folder, "the file of \"a\" is gone: \(file)")
        #expect(try await folder.objects.head("a", in: bucket)?.bytes == 3)
        try await folder.objects.put([4], at: "a", in: bucket, contentType: "audio/b")
        #expect(try await folder.objects.get("a", in: bucket).body == [4])
        try folder.close()
    }

    @Test("an object whose file is gone can be deleted")
    func deleteMissingFile() async throws {
        let (folder, file) = try await open()
        try FileManager.default.removeItem(atPath: file)
        try await folder.objects.delete("a", in: bucket)
        #expect(try await folder.objects.head("a", in: bucket) == nil)
        try folder.close()
    }

    @Test("a file of another length is not taken for the object", arguments: [[], [1, 2], [1, 2, 3, 4]] as [[UInt8]])
    func otherLength(_ bytes: [UInt8]) async throws {
        let (folder, file) = try await open()
        try Data(bytes).write(to: URL(filePath: file))
        await expectUnavailable(folder, "has \(bytes.count) bytes where 3 were put")
        try folder.close()
    }

    @Test("a link in place of a file is not followed")
    func link() async throws {
        let (folder, file) = try await open()
        let secret = temporary.path + "/secret"
        try Data([7, 8, 9]).write(to: URL(filePath: secret))
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: secret)
        await expectUnavailable(folder, file)
        try await folder.objects.delete("a", in: bucket)
        #expect(FileManager.default.fileExists(atPath: secret))
        try folder.close()
    }

    @Test(
        "a put that cannot write says so, leaves no file behind and keeps the old object",
        arguments: [".incoming", "3f"])
    func cannotWrite(_ blocked: String) async throws {
        let (folder, _) = try await open()
        let objects = temporary.path + "/objects"
        let other = "other-bucket"
        try await folder.objects.createBucket(other)
        // A file in the place of a folder stops every user, root too.
        let place = blocked == ".incoming" ? "\(objects)/.incoming" : "\(objects)/\(other)"
        if blocked == ".incoming" { try FileManager.default.removeItem(atPath: place) }
        try Data().write(to: URL(filePath: place))
        let before = try FileTree(objects)

        let target = blocked == ".incoming" ? bucket : other
        let error = await #expect(throws: ObjectError.self) {
            try await folder.objects.put([9], at: "a", in: target, contentType: "audio/b")
        }
        #expect(error?.label == "unavailable")
        #expect(error?.description.contains("Not a directory") == true)
        #expect(try FileTree(objects) == before)
        #expect(try await folder.objects.head("a", in: other) == nil)
        #expect(try await folder.objects.get("a", in: bucket).body == [1, 2, 3])
        try folder.close()
    }

    @Test("a folder that was closed is not a store any more")
    func closed() async throws {
        let (folder, _) = try await open()
        try folder.close()
        for call: @Sendable () async throws -> Void in [
            { _ = try await folder.objects.get("a", in: "speaktracker-audio") },
            { try await folder.objects.put([1], at: "a", in: "speaktracker-audio", contentType: "audio/b") },
            { try await folder.objects.createBucket("other-bucket") },
        ] {
            let error = await #expect(throws: ObjectError.self) { try await call() }
            #expect(error?.label == "unavailable")
        }
    }
}
