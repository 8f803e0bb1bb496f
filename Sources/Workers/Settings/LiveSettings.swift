import Synchronization

/// The settings that are in force, which may be replaced while a worker runs.
package final class LiveSettings: Sendable {
    private let settings: Mutex<WorkerSettings>

    package init(_ settings: WorkerSettings = WorkerSettings()) { self.settings = Mutex(settings) }

    package var current: WorkerSettings { settings.withLock { $0 } }

    package func replace(with settings: WorkerSettings) { self.settings.withLock { $0 = settings } }
}
