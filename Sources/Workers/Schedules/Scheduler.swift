package import Documents
package import Foundation
package import Logging
import ServiceLifecycle
package import SpeakModel
import Telemetry

/// Enqueues the jobs of schedules when their time comes, and after a time in which nobody did.
///
/// As many of these as there are pools may run: an occurrence has one job id, and only who makes its row sends its message.
package struct Scheduler: Service, CustomStringConvertible {
    package let description = "Scheduler"
    private let schedules: [Schedule]
    private let timeZone: TimeZone
    private let documents: any DocumentStore
    private let enqueuer: JobEnqueuer
    private let ledger: ScheduleLedger
    private let logger: Logger
    private let now: @Sendable () -> Timestamp
    private let pause: @Sendable (Duration) async throws -> Void

    /// Clocks may be set meanwhile, so no pause is longer.
    private static let longestPause = Duration.seconds(3600)
    private static let pauseAfterFailure = Duration.seconds(30)
    /// How long another may take from a job's row to its message.
    private static let patience = Duration.seconds(60)

    package init(
        _ schedules: [Schedule], in timeZone: TimeZone, documents: any DocumentStore, enqueuer: JobEnqueuer,
        logger: Logger, now: @escaping @Sendable () -> Timestamp,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.schedules = schedules
        self.timeZone = timeZone
        self.documents = documents
        self.enqueuer = enqueuer
        ledger = ScheduleLedger(documents: documents)
        self.logger = logger
        self.now = now
        self.pause = pause
    }

    package func run() async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            let next = await next()
            let wait = min(max(next - now(), .zero), Self.longestPause)
            do {
                try await cancelWhenGracefulShutdown { try await pause(wait) }
            } catch is CancellationError {
                return
            }
        }
    }

    /// Sees to what is due.
    ///
    /// - Returns: When to look again.
    private func next() async -> Timestamp {
        var next = now() + Self.longestPause
        for schedule in schedules {
            do {
                next = min(next, try await see(to: schedule))
            } catch {
                logger.warning(
                    "schedule waits for the store", metadata: ["schedule": "\(schedule.name)", "error": "\(error)"])
                next = min(next, now() + Self.pauseAfterFailure)
            }
        }
        return next
    }

    private func see(to schedule: Schedule) async throws -> Timestamp {
        let now = now()
        guard var last = try await ledger.last(of: schedule) else {
            // What was before the first start is nobody's to make up for.
            try await ledger.note(now, of: schedule)
            return upcoming(schedule, after: now)
        }
        if try await ledger.wasOther(schedule) {
            // Nobody asked for what a new line would have brought before; pools with the old one may run on for a while.
            last = max(last, now + (.zero - Self.patience))
            try await ledger.note(now, of: schedule)
        }
        let due = schedule.cron.occurrences(after: last, through: now, in: timeZone, limit: max(schedule.catchUp, 1))
        for occurrence in due where schedule.catchUp > 0 || isOnTime(occurrence, now) {
            if let later = try await see(to: occurrence, of: schedule) { return later }
            try await ledger.note(occurrence.moment, of: schedule)
        }
        return upcoming(schedule, after: now)
    }

    /// Whether this is no catching up: a timer may be late by a little.
    private func isOnTime(_ occurrence: CronOccurrence, _ now: Timestamp) -> Bool {
        now - occurrence.moment < Self.patience
    }

    private func upcoming(_ schedule: Schedule, after moment: Timestamp) -> Timestamp {
        schedule.cron.next(after: moment, in: timeZone)?.moment ?? moment + Self.longestPause
    }

    /// - Returns: When to look again, if somebody else may be about to send the message.
    private func see(to occurrence: CronOccurrence, of schedule: Schedule) async throws -> Timestamp? {
        let document = schedule.document(for: occurrence)
        let trace = TraceParent.beginning()
        if try await enqueuer.enqueue(document, trace: trace, onlyNew: true) == .enqueued {
            tell("scheduled job enqueued", document, trace.traceID)
            return nil
        }
        if enqueuer.isJoint { return nil }
        let row = try await documents.get(["job_id": .string(document.id)], from: Table.asyncJobStatus.name) ?? [:]
        guard row["status"]?.string == JobStatus.pending.rawValue, row["attempts"] == nil,
            let created = row["created_at"]?.string.flatMap({ Timestamp(iso8601: $0) })
        else { return nil }
        if now() - created < Self.patience {
            let isSeenTo = try await ledger.last(of: schedule).map { $0 >= occurrence.moment } ?? false
            return isSeenTo ? nil : created + Self.patience
        }
        // Whoever made the row may have ended before the message was sent; a second one does no harm.
        try await enqueuer.send(document, trace: trace)
        tell("scheduled job sent again", document, row["trace_id"]?.string ?? trace.traceID)
        return nil
    }

    private func tell(_ message: Logger.Message, _ document: JobDocument, _ traceID: String) {
        logger.info(
            message,
            metadata: [
                "job.id": "\(document.id)", "kind": "\(document.kind.rawValue)", "trace.id": "\(traceID)",
            ])
    }
}
