package import JSON
package import SpeakModel

/// What an operator tells a pool of workers: one JSON document, in which everything may be left out.
package struct WorkerSettings: Hashable, Sendable {
    private var kinds: [JobKind: KindSettings] = [:]
    private var queues: [JobQueue: QueueSettings] = [:]
    package var pool = PoolSettings()
    /// What is enqueued by the clock, beside the program's own schedules.
    package var schedules: [Schedule] = []

    package init() {}

    package subscript(kind: JobKind) -> KindSettings {
        get { kinds[kind] ?? .standard(for: kind) }
        set { kinds[kind] = newValue }
    }

    package subscript(queue: JobQueue) -> QueueSettings {
        get { queues[queue] ?? QueueSettings() }
        set { queues[queue] = newValue }
    }
}

extension WorkerSettings {
    package init(_ json: JSONValue) throws(SettingsError) {
        var object = try SettingsObject(json, at: "")
        kinds = try object.table("kinds", known: JobKind.allCases) { kind, row throws(SettingsError) in
            try KindSettings(kind, &row)
        }
        queues = try object.table("queues", known: JobQueue.allCases) { _, row throws(SettingsError) in
            try QueueSettings(&row)
        }
        schedules = try object.schedules()
        pool = try PoolSettings(&object)
        try object.end(known: Self.sections)
    }

    private static let sections = ["kinds", "processes", "queues", "recycle", "schedules"]

    /// Reads a document and checks it.
    package init(parsing bytes: [UInt8]) throws(SettingsError) {
        let json: JSONValue
        do { json = try JSONValue(parsing: bytes) } catch {
            throw SettingsError(path: "the document", problem: "is not JSON: \(error.reason) at byte \(error.offset)")
        }
        try self.init(json)
    }
}
