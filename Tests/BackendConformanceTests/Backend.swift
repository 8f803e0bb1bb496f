import Documents
import EmbeddedBackend
import Foundation
import Objects
import Queueing
import SpeakModel
import TestSupport
import Testing

/// What the suites of this target run on.
///
/// Each suite is written once: `@Test(arguments: Backend.available)`.
enum Backend: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case embedded

    /// The backends that this machine can reach now.
    ///
    /// An absent one is left out, so it never counts as passed.
    static var available: [Backend] { allCases }

    var testDescription: String { rawValue }

    /// Fresh, empty stores.
    ///
    /// Keep the harness as long as they are used.
    func make() async throws -> Harness {
        switch self {
        case .embedded: try Harness.embedded()
        }
    }
}

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

extension Harness {
    /// A temporary data folder whose clock stands still unless ``wait(_:)`` turns it.
    static func embedded() throws -> Harness {
        let path = FileManager.default.temporaryDirectory.path + "/speaktracker-\(UUID().uuidString)"
        let clock = TestClock()
        let folder = try DataFolder.open(path, now: { clock.now })
        return Harness(
            queues: folder.queues, documents: folder.documents, objects: folder.objects,
            now: { clock.now },
            pass: { duration in
                clock.advance(by: duration)
                folder.timeHasMoved()
            },
            end: {
                do {
                    try folder.close()
                    try FileManager.default.removeItem(atPath: path)
                } catch {
                    Issue.record(error)
                }
            })
    }
}
