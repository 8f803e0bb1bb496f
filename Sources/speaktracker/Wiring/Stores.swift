import Documents
import Objects
import Queueing
import Telemetry

/// The stores that a command works on, whatever backend they belong to.
struct Stores: Sendable {
    let queues: any QueueService
    let documents: any DocumentStore
    let objects: any ObjectStore
    /// The one store behind queues and tables, where they are one.
    var joint: (any JointStore)?
    /// Whether they are a folder of this machine, that nobody but this process looks after.
    var isFolder: Bool { joint != nil }
    /// The address of the services that an option named.
    var endpoint: String?
    /// What has been asked of services; nothing where there are none.
    var calls = OutgoingCalls()
    /// Whether looking into a queue counts as a delivery of each message.
    var looksCount = false
    /// The file in which a backend on this machine keeps an object of this key; `nil` where there is none.
    let file: @Sendable (_ key: String) async throws -> String?
    let close: @Sendable () async throws -> Void
}
