package import Documents
import SpeakModel

extension EmbeddedDocumentStore {
    @discardableResult
    package func write(_ write: DocumentWrite) async throws -> WriteResult {
        while true {
            let prepared = try PreparedWrite(write, in: await table(write.table))
            do {
                return try await self.write(bytes: prepared.estimatedBytes) { connection in
                    try connection.checkCurrent([prepared.table])
                    let transition = try prepared.transition(from: connection.item(prepared.key, in: prepared.table))
                    try connection.apply(transition)
                    return WriteResult(old: transition.old, new: transition.new)
                }
            } catch is TableHasChanged {
                known.changed()
            }
        }
    }

    package func transact(_ writes: [DocumentWrite], token: TransactionToken?) async throws -> TransactionResult? {
        try await transact(writes) { [storage] connection, apply in
            let now = storage.now().milliseconds
            if let token, try connection.wasDone(token, now: now) {
                let unchanged = try apply.writes.map { write in
                    let item = try connection.item(write.key, in: write.table)
                    return WriteResult(old: item, new: item)
                }
                return TransactionResult(writes: unchanged, wasRepeated: true)
            }
            let results = try apply()
            if let token { try connection.remember(token, now: now) }
            return TransactionResult(writes: results, wasRepeated: false)
        }
    }

    /// Checks writes and does them within a transaction in which `body` may do more.
    ///
    /// - Parameter body: Called once for each time that the tables had changed since the check; what it throws undoes all.
    func transact<Value: Sendable>(
        _ writes: [DocumentWrite], bytes: Int = 0,
        _ body: @escaping @Sendable (WriteConnection, PreparedTransaction) throws -> Value
    ) async throws -> Value {
        while true {
            let prepared = try await prepare(writes)
            do {
                return try await write(bytes: prepared.reduce(bytes) { $0 + $1.estimatedBytes }) { connection in
                    try connection.checkCurrent(prepared.map(\.table))
                    return try body(connection, PreparedTransaction(writes: prepared, connection: connection))
                }
            } catch is TableHasChanged {
                known.changed()
            }
        }
    }

    /// Writes that fit their tables as they are.
    struct PreparedTransaction {
        let writes: [PreparedWrite]
        fileprivate let connection: WriteConnection

        /// - Throws: ``DocumentError/transactionCancelled(_:)`` if one of them cannot be done.
        func callAsFunction() throws -> [WriteResult] {
            let transitions = try EmbeddedDocumentStore.transitions(of: writes, on: connection)
            for transition in transitions { try connection.apply(transition) }
            return transitions.map { WriteResult(old: $0.old, new: $0.new) }
        }
    }

    /// - Throws: ``DocumentError/transactionCancelled(_:)`` if one of them does not fit its table.
    private func prepare(_ writes: [DocumentWrite]) async throws -> [PreparedWrite] {
        guard (1...DocumentLimits.transactionWrites).contains(writes.count) else {
            throw DocumentError.invalid("A transaction has 1 to \(DocumentLimits.transactionWrites) writes.")
        }
        var prepared: [PreparedWrite] = []
        var reasons: [CancellationReason] = []
        for write in writes {
            if case .check = write.action, write.condition == nil {
                throw DocumentError.invalid("A check needs a condition.")
            }
            let table = try await table(write.table)
            do throws(DocumentError) {
                prepared.append(try PreparedWrite(write, in: table))
                reasons.append(.none)
            } catch {
                reasons.append(try CancellationReason(error))
            }
        }
        guard Set(prepared.map { TransactionPlace(table: $0.table.id, key: $0.key) }).count == prepared.count else {
            throw DocumentError.invalid("Transaction request cannot include multiple operations on one item")
        }
        guard prepared.count == writes.count else { throw DocumentError.transactionCancelled(reasons) }
        return prepared
    }

    /// What all the writes do, none of them done yet.
    ///
    /// - Throws: ``DocumentError/transactionCancelled(_:)`` if one of them cannot be.
    fileprivate static func transitions(
        of writes: [PreparedWrite], on connection: WriteConnection
    ) throws -> [PreparedWrite.Transition] {
        var transitions: [PreparedWrite.Transition] = []
        var reasons: [CancellationReason] = []
        for write in writes {
            let old = try connection.item(write.key, in: write.table)
            do throws(DocumentError) {
                transitions.append(try write.transition(from: old))
                reasons.append(.none)
            } catch {
                reasons.append(try CancellationReason(error))
            }
        }
        guard transitions.count == writes.count else { throw DocumentError.transactionCancelled(reasons) }
        guard transitions.reduce(0, { $0 + ($1.new?.sizeInBytes ?? 0) }) <= DocumentLimits.transactionBytes else {
            throw DocumentError.invalid("Transaction request items exceed 4 MB together")
        }
        return transitions
    }
}

extension CancellationReason {
    /// - Throws: `error` itself where it is no fault of one write.
    fileprivate init(_ error: DocumentError) throws(DocumentError) {
        switch error {
        case .conditionFailed(let old): self = .conditionFailed(old: old)
        case .invalid(let reason): self = .invalid(reason)
        default: throw error
        }
    }
}

private struct TransactionPlace: Hashable {
    let table: Int64
    let key: EncodedKey
}
