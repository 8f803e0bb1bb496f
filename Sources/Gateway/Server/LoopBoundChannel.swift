import HummingbirdCore
import Logging
import NIOCore

/// HTTP/1.1 connections, each served on the thread of its own event loop.
///
/// Hummingbird reads and answers requests in tasks of Swift's shared pool, so that each request wakes a thread there, and
/// its answer the event loop's again: more work than most requests are themselves. Here both run on one thread, and most
/// requests do not reach Hummingbird: see ``RequestHandler``.
struct LoopBoundChannel: ServerChildChannel {
    let base: HTTP1Channel
    let answerer: any Answerer
    let metrics: HTTPMetrics

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<AcceptedConnection> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { asyncChannel in
            let pipeline = channel.pipeline.syncOperations
            let hangUp = HangUp()
            let executor = EventLoopTaskExecutor(loop: channel.eventLoop)
            let state = try pipeline.context(handlerType: HTTPConnectionStateHandler.self).handler
            try pipeline.addHandler(ConnectionWatch(metrics: metrics, hangUp: hangUp), position: .before(state))
            let requests = RequestHandler(answerer: answerer, hangUp: hangUp, executor: executor)
            try pipeline.addHandler(requests, position: .after(state))
            let bound = NIOLoopBound(requests, eventLoop: channel.eventLoop)
            return AcceptedConnection(asyncChannel, executor: executor) { await bound.value.answer?.value }
        }
    }

    func handle(value: AcceptedConnection, logger: Logger) async {
        await withTaskExecutorPreference(value.executor) {
            await base.handle(value: value.take(), logger: logger)
            // What was begun for a client that has gone still works on the stores.
            await value.answered()
        }
    }
}

/// Runs tasks on an event loop's thread.
final class EventLoopTaskExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
