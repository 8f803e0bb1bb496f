import Logging
import Queueing
import SpeakModel
import Synchronization
import Telemetry

/// One delivery's lease, extended until it is stopped or lost.
///
/// A call that fails is made again at once, and again, for as long as the lease lasts by this machine's own steady clock;
/// then it is lost, whatever the store would say.
final class Lease: Sendable {
    let delivery: Delivery
    let lost = OneTimeEvent()
    private let queue: any MessageQueue
    private let duration: Duration
    private let logger: Logger
    private let heartbeat = Mutex<Task<Void, Never>?>(nil)
    private let end: Mutex<ContinuousClock.Instant>

    init(of delivery: Delivery, on queue: any MessageQueue, for duration: Duration, logger: Logger) {
        self.delivery = delivery
        self.queue = queue
        self.duration = duration
        self.logger = logger
        end = Mutex(.now + duration)
    }

    /// Begins to extend it, three times in its length.
    ///
    /// Its end does not wait for the answer to an extension.
    func keep() {
        let task = Task {
            await withTaskGroup { group in
                group.addTask { await self.extend() }
                group.addTask { await self.awaitEnd() }
                await group.next()
                group.cancelAll()
            }
        }
        heartbeat.withLock { $0 = task }
    }

    /// Ends the extending; none is on its way when this returns.
    func stop() async {
        let task = heartbeat.withLock { $0 }
        task?.cancel()
        await task?.value
    }

    /// Whether nobody else can have the message, as far as this process knows.
    var isHeld: Bool { !lost.hasHappened && ContinuousClock.now < end.withLock { $0 } }

    private func extend() async {
        var pause = duration / 3
        var backoff = Backoff(from: duration / 60, to: duration / 6)
        while true {
            do { try await Task.sleep(for: pause) } catch { return }
            let now = ContinuousClock.now
            do {
                try await queue.changeVisibility(of: delivery.receipt, to: duration)
                end.withLock { $0 = now + duration }
                pause = duration / 3
                backoff = Backoff(from: duration / 60, to: duration / 6)
            } catch {
                if Task.isCancelled { return }
                let isOver = StoreFault(error) == nil || ContinuousClock.now >= end.withLock { $0 }
                if isOver { return lose("\(error)") }
                pause = backoff.next()
            }
        }
    }

    /// Loses the lease when its time is over; each extension puts that off.
    private func awaitEnd() async {
        while true {
            let end = end.withLock { $0 }
            if end <= .now { return lose("no extension was answered in time") }
            do { try await Task.sleep(until: end) } catch { return }
        }
    }

    private func lose(_ reason: String) {
        if lost.hasHappened { return }
        logger.notice(
            "lease was lost",
            metadata: [
                "message.id": "\(delivery.id)", "trace.id": "\(delivery.trace.traceID)", "error": "\(reason)",
            ])
        lost.happen()
    }
}
