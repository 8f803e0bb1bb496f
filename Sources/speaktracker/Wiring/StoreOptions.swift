import AWSBackend
import ArgumentParser
import EmbeddedBackend
import Foundation
import Objects
import SpeakModel
import Workers

/// Where jobs and rows are: a folder of this machine, or what the environment says of AWS.
struct StoreOptions: ParsableArguments {
    @Option(
        help: .init(
            "The folder with queues, tables and audio; this process owns it for as long as it runs.", valueName: "dir"))
    var data: String?

    @Option(
        help: .init(
            "The address of `speaktracker serve`, in place of AWS_ENDPOINT_URL. Without either, AWS_REGION or AWS_PROFILE means AWS itself.",
            valueName: "url"))
    var endpoint: String?

    func validate() throws {
        if data != nil, endpoint != nil { throw ValidationError("Say --data or --endpoint, not both.") }
        guard let endpoint else { return }
        let url = URL(string: endpoint)
        guard ["http", "https"].contains(url?.scheme), url?.host()?.isEmpty == false else {
            throw ValidationError("--endpoint is \(endpoint); a URL looks like http://127.0.0.1:4566.")
        }
    }

    /// Whether it is said where jobs are, by an option or by the environment.
    var isGiven: Bool { data != nil || endpoint != nil || Self.settings.contains { Environment.process[$0] != nil } }

    /// What of AWS's settings means that somebody works with it.
    private static let settings = ["AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"]

    /// Opens the folder and, where it is new, makes it.
    func openOrCreate() async throws -> Stores {
        guard let data else { return try await openServices() }
        let folder = try DataFolder.open(data, releasingLeases: true)
        try await Provisioning.provision(documents: folder.documents, queues: folder.queues, objects: folder.objects)
        return Stores(
            queues: folder.queues, documents: folder.documents, objects: folder.objects, joint: folder,
            file: { try await folder.objects.filePath(ofObjectAt: $0, in: Provisioning.bucket) },
            close: { try folder.close() })
    }

    /// Opens a folder that must be there already.
    func open() async throws -> Stores {
        if let data, !FileManager.default.fileExists(atPath: data) {
            throw CommandError(description: "There is no data folder at \(data). The first `enqueue` makes one.")
        }
        return try await openOrCreate()
    }

    /// Opens a folder as it is, for whoever looks what is missing.
    func openForProvisioning() async throws -> Stores {
        guard let data else { return try await openServices() }
        let folder = try DataFolder.open(data)
        return Stores(
            queues: folder.queues, documents: folder.documents, objects: folder.objects, file: { _ in nil },
            close: { try folder.close() })
    }

    /// Queues, tables and buckets there are made by `speaktracker provision`, or by `serve`.
    private func openServices() async throws -> Stores {
        let services = try await AWSStores(try configuration())
        return Stores(
            queues: services.queues, documents: services.documents, objects: services.objects, endpoint: endpoint,
            calls: services.calls, looksCount: true, file: { _ in nil },
            close: { try await services.close() })
    }

    /// - Throws: `ValidationError` where nothing says where jobs are: not everybody who forgets a folder means AWS.
    func configuration() throws -> AWSConfiguration {
        let environment = Environment.process
        guard isGiven else {
            throw ValidationError(
                "Say --data DIR: where queues, tables and audio are; or --endpoint URL of a `speaktracker serve`.")
        }
        return AWSConfiguration(environment: environment, endpoint: endpoint)
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
