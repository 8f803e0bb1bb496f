import AWSBackend
import Documents
import EmbeddedBackend
import Foundation
import Gateway
import Logging
import Objects
import Queueing
import SpeakModel
import Synchronization
import TestSupport
import Testing

/// One backend's stores, and how time passes there.
final class Harness: Sendable {
    let queues: any QueueService
    let documents: any DocumentStore
    let objects: any ObjectStore
    /// The backend's time.
    let now: @Sendable () -> Timestamp
    private let pass: @Sendable (Duration) async throws -> Void
    private let end: @Sendable () -> Void

    init(
        queues: any QueueService, documents: any DocumentStore, objects: any ObjectStore,
        now: @escaping @Sendable () -> Timestamp,
        pass: @escaping @Sendable (Duration) async throws -> Void, end: @escaping @Sendable () -> Void
    ) {
        self.queues = queues
        self.documents = documents
        self.objects = objects
        self.now = now
        self.pass = pass
        self.end = end
    }

    deinit { end() }

    /// Lets time pass for the backend: a turn of the clock where it can be turned.
    func wait(_ duration: Duration) async throws { try await pass(duration) }
}

/// A temporary data folder whose clock stands still unless it is turned.
private struct TemporaryFolder: Sendable {
    let path = FileManager.default.temporaryDirectory.path + "/speaktracker-\(UUID().uuidString)"
    let clock = TestClock()
    let folder: DataFolder

    init() throws { folder = try DataFolder.open(path, now: { [clock] in clock.now }) }

    func advance(by duration: Duration) {
        clock.advance(by: duration)
        folder.timeHasMoved()
    }

    func close() {
        do {
            try folder.close()
            try FileManager.default.removeItem(atPath: path)
        } catch {
            Issue.record(error)
        }
    }
}

extension Harness {
    static func embedded() throws -> Harness {
        let stores = try TemporaryFolder()
        return Harness(
            queues: stores.folder.queues, documents: stores.folder.documents, objects: stores.folder.objects,
            now: { stores.clock.now }, pass: { stores.advance(by: $0) }, end: { stores.close() })
    }
}

extension Harness {
    private static let keyID = "AKIACONFORMANCE"
    private static let secret = "not/a+secret="

    private static func stores(at url: String, region: String) async throws -> AWSStores {
        try await AWSStores(
            AWSConfiguration(
                environment: Environment(["AWS_ACCESS_KEY_ID": keyID, "AWS_SECRET_ACCESS_KEY": secret]), endpoint: url,
                region: region), patience: 10)
    }

    /// Our server demands a signature of every request.
    static func served() async throws -> Harness {
        let folder = try TemporaryFolder()
        let (ports, listening) = AsyncStream<Int>.makeStream()
        let gateway = Gateway(
            host: "127.0.0.1", port: 0, queues: folder.folder.queues, documents: folder.folder.documents,
            objects: folder.folder.objects, keys: try AccessKeys(parsing: "\(keyID) \(secret)", path: "of the test"),
            cooldowns: false,
            logger: Logger(label: "conformance") { _ in SwiftLogNoOpLogHandler() }
        ) { listening.yield($0) }
        let server = Task { try await gateway.run() }
        let port = await ports.first { _ in true }
        let stores = try await stores(at: "http://127.0.0.1:\(try #require(port))", region: "eu-west-1")
        return Harness(
            queues: stores.queues, documents: stores.documents, objects: StandingClockObjects(store: stores.objects),
            now: { folder.clock.now }, pass: { folder.advance(by: $0) },
            end: {
                Task {
                    try await stores.close()
                    server.cancel()
                    _ = await server.result
                    folder.close()
                }
            })
    }

    /// A region of its own, which is an account of its own there.
    static func moto() async throws -> Harness {
        let server = try await MotoServer.shared
        let region = "test-\(regions.add(1, ordering: .relaxed).newValue)"
        let stores = try await stores(at: server.url, region: region)
        let clock = TestClock()
        return Harness(
            queues: stores.queues, documents: stores.documents, objects: stores.objects, now: { clock.now },
            pass: { duration in
                try await server.turnClock(of: region, by: duration)
                clock.advance(by: duration)
            },
            end: { Task { try await stores.close() } })
    }

    private static let regions = Atomic(0)
}
