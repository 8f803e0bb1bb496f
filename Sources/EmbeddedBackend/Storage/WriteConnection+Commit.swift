extension WriteConnection {
    /// Does the work of many callers in one transaction and commits it.
    ///
    /// - Returns: What tells each caller, in order. Work that threw is undone alone.
    /// - Throws: ``SQLiteFailure`` if nothing of the batch was done.
    func commit(_ batch: [WriteOperation]) throws(SQLiteFailure) -> [@Sendable () -> Void] {
        do {
            try setSynced(batch.contains { $0.durability == .durable })
            try run("BEGIN IMMEDIATE")
            var answers: [@Sendable () -> Void] = []
            answers.reserveCapacity(batch.count)
            for operation in batch { answers.append(try perform(operation)) }
            try run("COMMIT")
            return answers
        } catch {
            rollBack()
            throw error
        }
    }

    private func perform(_ operation: WriteOperation) throws(SQLiteFailure) -> @Sendable () -> Void {
        try run("SAVEPOINT operation")
        let performed = operation.perform(self)
        // The failure that ended the transaction took the others' work with it.
        guard isInTransaction else { throw lastFailure }
        if performed.isFailed {
            resetAfterFailure()
            try run("ROLLBACK TO operation")
        }
        try run("RELEASE operation")
        return performed.answer
    }

    private func rollBack() {
        resetAfterFailure()
        guard isInTransaction else { return }
        do {
            try run("ROLLBACK")
        } catch {
            // A ROLLBACK that fails leaves no transaction, or one that the next BEGIN reports.
        }
    }
}
