package import Queueing

/// Tables and queues that commit together: the writes and the message that tells of them appear at once, or neither does.
package protocol JointStore: Sendable {
    /// - Parameter key: Makes repeating the whole harmless for ``IdempotencyKey/lifetime``.
    /// - Returns: What the first call with this key was to be answered, if this one repeats it; `nil` for a call that wrote.
    /// - Throws: ``DocumentError/transactionCancelled(_:)`` if a condition does not hold, ``DocumentError/tokenMismatch`` if
    ///   the key was used for something else, and what sending throws. Then nothing was written or sent.
    func transact(
        _ writes: [DocumentWrite], sending message: OutgoingMessage, toQueueNamed queue: String,
        once key: IdempotencyKey?
    ) async throws -> String?
}

/// A caller's name for a request that it may send more than once.
///
/// Source: IETF draft "The Idempotency-Key HTTP Header Field", draft-ietf-httpapi-idempotency-key-header.
package struct IdempotencyKey: Hashable, Sendable {
    package static let lifetime = Duration.seconds(24 * 3600)

    package let name: String
    /// What the request asks for, by a digest of it.
    package let digest: [UInt8]
    /// What a repeat is to be told.
    package let answer: String

    package init(name: String, digest: [UInt8], answer: String) {
        self.name = name
        self.digest = digest
        self.answer = answer
    }
}
