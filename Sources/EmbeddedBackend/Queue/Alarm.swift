import SpeakModel
import Synchronization

/// Rings at the earliest moment it was set to.
///
/// Waiting costs nothing.
final class Alarm: Sendable {
    private struct Setting {
        let moment: Timestamp
        let task: Task<Void, Never>
    }

    private let setting = Mutex<Setting?>(nil)
    private let now: @Sendable () -> Timestamp

    init(now: @escaping @Sendable () -> Timestamp) { self.now = now }

    deinit { setting.withLock { $0?.task.cancel() } }

    /// Makes it ring at `moment`, or earlier if it is set to.
    func set(_ moment: Timestamp, ring: @escaping @Sendable () -> Void) {
        let pause = max(.milliseconds(1), moment - now())
        setting.withLock { setting in
            if let setting, setting.moment <= moment { return }
            setting?.task.cancel()
            setting = Setting(moment: moment, task: Task { [weak self] in await self?.wait(pause, for: moment, ring) })
        }
    }

    private func wait(_ pause: Duration, for moment: Timestamp, _ ring: @Sendable () -> Void) async {
        do { try await Task.sleep(for: pause) } catch { return }
        setting.withLock { setting in
            if setting?.moment == moment { setting = nil }
        }
        ring()
    }
}
