import HummingbirdCore
import Logging
import NIOCore

/// HTTP/1.1 connections, each served on the thread of its own event loop.
///
/// Hummingbird reads and answers requests in tasks of Swift's shared pool, so that each request wakes a thread there, and
/// its answer the event loop's again: more work than most requests are themselves. Here both run on one thread. So what
/// a task does without suspending keeps the loop's other connections waiting: nothing there may wait long. Stores wait
/// for the disk on threads of their own, but for short reads, which find nearly everything in memory.
struct LoopBoundChannel: ServerChildChannel {
    let base: HTTP1Channel

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<AcceptedConnection> {
        base.setup(channel: channel, logger: logger).map(AcceptedConnection.init)
    }

    func handle(value: AcceptedConnection, logger: Logger) async {
        await withTaskExecutorPreference(EventLoopTaskExecutor(loop: value.channel.eventLoop)) {
            await base.handle(value: value.take(), logger: logger)
        }
    }
}

/// Runs tasks on an event loop's thread.
private final class EventLoopTaskExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
