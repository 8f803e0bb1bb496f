import EmbeddedBackend
import Foundation
import Testing

@Suite("data folder")
struct DataFolderTests {
    let temporary = TemporaryFolder()
    var path: String { temporary.path }

    @Test("is created with what belongs in it, for its owner's eyes only")
    func creates() throws {
        let folder = try DataFolder.open(path)
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(Set(names).isSuperset(of: ["owner.lock", "speaktracker.sqlite", "objects"]))
        #expect(try permissions(path) == 0o700)
        #expect(try permissions(path + "/speaktracker.sqlite") == 0o600)
        try folder.close()
    }

    @Test("opens again after it was closed, and after its owner died without closing")
    func reopens() throws {
        try DataFolder.open(path).close()
        try "999999\n".write(toFile: path + "/owner.lock", atomically: false, encoding: .utf8)
        try DataFolder.open(path).close()
    }

    @Test("refuses a second owner, in the same process too, and names the first")
    func refusesSecondOwner() throws {
        let folder = try DataFolder.open(path)
        let error = #expect(throws: DataFolderError.owned(pid: getpid(), endpoint: nil, path: path)) {
            try DataFolder.open(path)
        }
        #expect(
            error?.description
                == "The data folder \(path) is in use by process \(getpid()); one process owns it at a time.")
        try folder.close()
        try DataFolder.open(path).close()
    }

    @Test("refuses a file that is no database, and leaves it as it was")
    func refusesOtherFile() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let file = path + "/speaktracker.sqlite"
        let text = String(repeating: "Dear diary. ", count: 500)
        try text.write(toFile: file, atomically: false, encoding: .utf8)
        #expect(throws: DataFolderError.notADatabase(path: file)) { try DataFolder.open(path) }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
    }

    @Test("refuses a path that is a file")
    func refusesFile() throws {
        try "x".write(toFile: path, atomically: false, encoding: .utf8)
        let error = #expect(throws: DataFolderError.self) { try DataFolder.open(path) }
        #expect(error?.description.hasPrefix("The data folder \(path) cannot be written: ") == true)
    }

    @Test("refuses a place where nobody may write")
    func refusesProc() {
        let error = #expect(throws: DataFolderError.self) { try DataFolder.open("/proc/speaktracker") }
        #expect(error?.description.hasPrefix("The data folder /proc/speaktracker cannot be written: ") == true)
    }

    @Test("refuses a folder that may only be read", .enabled(if: geteuid() != 0, "root may write everywhere"))
    func refusesReadOnlyFolder() throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o500])
        let error = #expect(throws: DataFolderError.self) { try DataFolder.open(path) }
        #expect(error?.description.hasPrefix("The data folder \(path) cannot be written: ") == true)
    }

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
