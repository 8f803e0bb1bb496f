import Documents
import Queueing
import SpeakModel

extension JobRunner {
    /// Commits the outcome with the job's status.
    ///
    /// - Throws: ``QueueError/leaseLost(_:)`` if this attempt is not the job's latest any more.
    func commit(_ outcome: Outcome, of run: JobRun) async throws {
        for earlier in 0..<Self.maximumPlans {
            if try await persistentlyBeforeHandBack(run, { try await commitOnce(outcome, after: earlier, of: run) }) {
                return
            }
            // Whoever was faster may have as much to do still.
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...10)))
        }
        throw JobFailure.snooze(.seconds(1), reason: "Other jobs kept changing the same rows.")
    }

    /// - Returns: Whether it is done; `false` if another writer changed a row between plan and commit.
    private func commitOnce(_ outcome: Outcome, after earlier: Int, of run: JobRun) async throws -> Bool {
        let status = JobStatusRow.completed(run.document, outcome, run.attempt, at: now())
        let writes = [status] + (try await outcome.plan(documents, earlier))
        guard run.lease.isHeld else { throw QueueError.leaseLost(run.delivery.id) }
        do {
            try await documents.transact(writes)
            return true
        } catch DocumentError.transactionCancelled(let reasons) {
            if case .conditionFailed = reasons.first {
                // It may be this very commit whose answer was lost.
                let row = try await documents.get(JobStatusRow.key(run.document.id), from: Table.asyncJobStatus.name)
                if JobHistory(row).status == .completed { return true }
                throw QueueError.leaseLost(run.delivery.id)
            }
            for case .invalid(let reason) in reasons {
                throw JobFailure.giveUp(reason: "The tables refused the result: \(reason)")
            }
            return false
        }
    }

    /// How often a plan is made anew before the job is put off.
    ///
    /// Each time, somebody else's commit went through.
    private static let maximumPlans = 32
}
