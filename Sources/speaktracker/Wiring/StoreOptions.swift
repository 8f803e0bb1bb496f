import ArgumentParser
import EmbeddedBackend
import Foundation
import Objects
import SpeakModel
import Workers

/// Where jobs and rows are.
struct StoreOptions: ParsableArguments {
    @Option(
        help: .init(
            "The folder with queues, tables and audio; this process owns it for as long as it runs.", valueName: "dir"))
    var data: String?

    /// - Throws: `ValidationError` while there is no other place for jobs than a folder.
    private func path() throws -> String {
        guard let data else { throw ValidationError("Say --data DIR: where queues, tables and audio are.") }
        return data
    }

    /// Opens the folder and, where it is new, makes it.
    func openOrCreate() async throws -> Stores {
        let folder = try DataFolder.open(try path(), releasingLeases: true)
        try await Provisioning.provision(documents: folder.documents, queues: folder.queues, objects: folder.objects)
        return Stores(
            queues: folder.queues, documents: folder.documents, objects: folder.objects,
            file: { try await folder.objects.filePath(ofObjectAt: $0, in: Provisioning.bucket) },
            close: { try folder.close() })
    }

    /// Opens a folder that must be there already.
    func open() async throws -> Stores {
        let path = try path()
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandError(description: "There is no data folder at \(path). The first `enqueue` makes one.")
        }
        return try await openOrCreate()
    }
}

/// What decides when a day begins.
struct CalendarOptions: ParsableArguments {
    @Option(
        help: .init(
            "The school's time zone; the environment's SPEAKTRACKER_TIME_ZONE, or Asia/Seoul, if left out.",
            valueName: "name"))
    var timeZone: String?

    func zone() throws -> TimeZone {
        let name = timeZone ?? ProcessInfo.processInfo.environment["SPEAKTRACKER_TIME_ZONE"] ?? "Asia/Seoul"
        guard let zone = TimeZone(identifier: name) else {
            throw ValidationError("There is no time zone named \(name); a name looks like Asia/Seoul.")
        }
        return zone
    }

    func validate() throws { _ = try zone() }
}
