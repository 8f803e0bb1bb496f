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

    package func transact(_ writes: [DocumentWrite], token: TransactionToken?) async throws {
        while true {
            let prepared = try await prepare(writes)
            do {
                return try await write(bytes: prepared.reduce(0) { $0 + $1.estimatedBytes }) { [storage] connection in
                    let now = storage.now().milliseconds
                    if let token, try connection.wasDone(token, now: now) { return }
                    try connection.checkCurrent(prepared.map(\.table))
                    for transition in try Self.transitions(of: prepared, on: connection) {
                        try connection.apply(transition)
                    }
                    if let token { try connection.remember(token, now: now) }
                }
            } catch is TableHasChanged {
                known.changed()
            }
        }
    }

    private func prepare(_ writes: [DocumentWrite]) async throws -> [PreparedWrite] {
        guard (1...DocumentLimits.transactionWrites).contains(writes.count) else {
            throw DocumentError.invalid("A transaction has 1 to \(DocumentLimits.transactionWrites) writes.")
        }
        var prepared: [PreparedWrite] = []
        for write in writes {
            if case .check = write.action, write.condition == nil {
                throw DocumentError.invalid("A check needs a condition.")
            }
            prepared.append(try PreparedWrite(write, in: await table(write.table)))
        }
        guard Set(prepared.map { TransactionPlace(table: $0.table.id, key: $0.key) }).count == prepared.count else {
            throw DocumentError.invalid("Transaction request cannot include multiple operations on one item")
        }
        return prepared
    }

    /// What all the writes do, none of them done yet.
    ///
    /// - Throws: ``DocumentError/transactionCancelled(_:)`` if one of them cannot be.
    private static func transitions(
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
