import Foundation
import Objects
import Testing

@testable import EmbeddedBackend

/// What an opening does with what a crash has left.
@Suite("embedded objects: sweeping")
struct ObjectSweepTests {
    private let temporary = TemporaryFolder()
    private let bucket = "speaktracker-audio"
    private var objects: String { temporary.path + "/objects" }

    private func plant(_ path: String) throws {
        let file = URL(filePath: "\(objects)/\(path)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data([1, 2, 3]).write(to: file)
    }

    /// The name of a body that no object has, in one of the 256 folders.
    private func orphan(inFolder folder: String) -> String {
        "\(bucket)/\(folder)/word-\(folder)\(String(repeating: "7", count: 30)).mp3"
    }

    @Test("bodies that nobody has and half-written ones are removed, objects and other people's files are kept")
    func sweep() async throws {
        let first = try DataFolder.open(temporary.path)
        try await first.objects.createBucket(bucket)
        for key in 0..<50 {
            try await first.objects.put([UInt8(key)], at: "\(key)", in: bucket, contentType: "audio/b")
        }
        let kept = try FileTree(objects).paths
        try first.close()

        for folder in ["00", "3f", "ff"] { try plant(orphan(inFolder: folder)) }
        try plant(".incoming/word-\(String(repeating: "7", count: 32)).mp3")
        try plant(".incoming/x")
        let foreign = [
            "notes.txt", "\(bucket)/notes.txt", "\(bucket)/3f/notes.txt", "\(bucket)/extra/notes.txt",
            "\(bucket)/3f/word-00\(String(repeating: "7", count: 30)).mp3",
            "\(bucket)/3f/word-3f\(String(repeating: "7", count: 29)).mp3",
        ]
        for path in foreign { try plant(path) }

        let second = try DataFolder.open(temporary.path)
        #expect(try FileTree(objects).paths == kept.union(foreign))
        for key in 0..<50 { #expect(try await second.objects.get("\(key)", in: bucket).body == [UInt8(key)]) }
        try second.close()
    }

    @Test("an opening sweeps a bounded number of bodies, and later ones the rest")
    func bounded() async throws {
        let folder = try DataFolder.open(temporary.path)
        try await folder.objects.createBucket(bucket)
        for name in ["00", "7a", "ff"] { try plant(orphan(inFolder: name)) }
        let bodies = try EmbeddedObjectStore.BodyFolder(inDataFolder: temporary.path)
        for left in [2, 1, 0] {
            try EmbeddedObjectStore.sweep(bodies, folder.storage, maximumBodies: 1)
            #expect(try FileTree(objects).paths.count == left)
        }
        try folder.close()
    }

    @Test("what cannot be removed does not keep the store closed")
    func unremovable() async throws {
        let first = try DataFolder.open(temporary.path)
        try await first.objects.createBucket(bucket)
        try first.close()
        // Nobody unlinks a folder, root neither.
        let stubborn = [".incoming/folder/x", orphan(inFolder: "3f") + "/x"]
        for path in stubborn { try plant(path) }
        try plant(".incoming/word")
        try plant(orphan(inFolder: "00"))

        let second = try DataFolder.open(temporary.path)
        #expect(try FileTree(objects).paths == Set(stubborn))
        try second.close()
    }

    @Test("a folder that cannot be swept is not opened, and the reason is told")
    func unreadable() throws {
        try DataFolder.open(temporary.path).close()
        try FileManager.default.removeItem(atPath: objects)
        try Data().write(to: URL(filePath: objects))
        let error = #expect(throws: DataFolderError.self) { try DataFolder.open(temporary.path) }
        #expect(error?.description.contains("cannot be") == true)
    }
}
