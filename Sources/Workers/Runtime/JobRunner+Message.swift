import Logging
import Queueing
import SpeakModel

/// How a delivery ends, whatever became of its job.
///
/// The lease is extended no more from here on: an extension on its way would undo what is done. That the lease was lost
/// meanwhile is no error.
extension JobRunner {
    /// Lets the message come again after a while.
    ///
    /// A store counts each delivery; where this was the last that it allows, the message is sent anew.
    func putBack(
        _ lease: Lease, on source: WorkQueue, after delay: Duration, reason: String? = nil
    ) async throws {
        if source.mustSendAnew(lease.delivery) {
            return try await sendAnew(lease, on: source, after: delay)
        }
        await lease.stop()
        try await ignoringLostLease {
            try await persistently(lease) {
                try await source.queue.changeVisibility(
                    of: lease.delivery.receipt, to: min(delay, QueueLimits.visibilityTimeout.upperBound),
                    reason: reason)
            }
        }
    }

    /// Sends the message anew, which starts the store's count of its deliveries from zero, and deletes this one.
    ///
    /// A crash in between leaves two messages for one job, and its effects still happen once.
    func sendAnew(_ lease: Lease, on source: WorkQueue, after delay: Duration) async throws {
        let delivery = lease.delivery
        _ = try await persistently(lease) {
            try await source.queue.send(
                OutgoingMessage(
                    body: delivery.body, attributes: delivery.attributes,
                    delay: min(delay, QueueLimits.delay.upperBound), group: delivery.systemAttributes["MessageGroupId"],
                    traceHeader: delivery.systemAttributes["AWSTraceHeader"]))
        }
        try await remove(lease, from: source)
    }

    /// Gives back what was not begun.
    func release(_ lease: Lease, on source: WorkQueue) async throws {
        let isLost = lease.lost.hasHappened
        if !isLost { try await putBack(lease, on: source, after: .zero) }
        events(
            JobEvent(
                outcome: isLost ? .leaseLost : .handedBack, kind: nil, queue: source.queue.name, duration: .zero,
                attempt: 0))
    }

    func remove(_ lease: Lease, from source: WorkQueue) async throws { try await remove([lease], from: source) }

    func remove(_ leases: [Lease], from source: WorkQueue) async throws {
        for lease in leases { await lease.stop() }
        try await ignoringLostLease {
            try await persistently(leases) { _ = try await source.queue.delete(leases.map(\.delivery.receipt)) }
        }
    }

    func deadLetter(_ lease: Lease, from source: WorkQueue, _ report: FailureReport) async throws {
        await lease.stop()
        do {
            try await ignoringLostLease {
                try await persistently(lease) { try await source.queue.deadLetter(lease.delivery, report) }
            }
        } catch QueueError.noDeadLetterQueue {
            logger.error(
                "message is dropped, for its queue has no dead letters",
                metadata: ["message.id": "\(lease.delivery.id)"])
            try await remove(lease, from: source)
        }
    }

    private func ignoringLostLease(_ body: () async throws -> Void) async throws {
        do { try await body() } catch QueueError.leaseLost(let id) {
            logger.notice("lease was lost", metadata: ["message.id": "\(id?.description ?? "")"])
        }
    }
}

/// Calls of a store that is away for a moment.
extension JobRunner {
    /// Makes a call until it is answered, as long as the lease is held.
    func persistently<Value>(_ lease: Lease, _ call: () async throws -> Value) async throws -> Value {
        try await persistently([lease], call)
    }

    /// The same, as long as any of the leases is held.
    private func persistently<Value>(_ leases: [Lease], _ call: () async throws -> Value) async throws -> Value {
        let isAnyHeld = { leases.contains(where: \.isHeld) }
        do { return try await persistently(while: isAnyHeld, call) } catch {
            if !isAnyHeld(), StoreFault(error)?.isPassing == true {
                throw QueueError.leaseLost(leases.first?.delivery.id)
            }
            throw error
        }
    }

    /// The same, but that it ends when the worker cannot wait for the job.
    func persistentlyBeforeHandBack<Value>(_ run: JobRun, _ call: () async throws -> Value) async throws -> Value {
        do {
            return try await persistently(
                while: { run.lease.isHeld && !run.taken.handBack.hasHappened }, call)
        } catch {
            if !run.lease.isHeld, StoreFault(error)?.isPassing == true { throw QueueError.leaseLost(run.delivery.id) }
            throw error
        }
    }

    /// - Parameter bears: Which faults pass.
    func persistently<Value>(
        while isWorthIt: () -> Bool, if bears: (StoreFault) -> Bool = \.isPassing, _ call: () async throws -> Value
    ) async throws -> Value {
        var backoff = Backoff(from: .milliseconds(50), to: .seconds(2))
        while true {
            do { return try await call() } catch {
                guard let fault = StoreFault(error), bears(fault), isWorthIt() else { throw error }
                try await Task.sleep(for: backoff.next())
            }
        }
    }
}
