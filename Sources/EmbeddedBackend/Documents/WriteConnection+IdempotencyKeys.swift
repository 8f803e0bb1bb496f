import Documents
import SpeakModel

/// Requests that were done in the last day, by the names their callers gave them.
extension WriteConnection {
    /// - Returns: What the first request with this key is answered; `nil` if there was none.
    /// - Throws: ``DocumentError/tokenMismatch`` if that was another request.
    func answer(to key: IdempotencyKey, now: Int64) throws -> String? {
        let statement = try statement("SELECT digest, answer FROM idempotency_keys WHERE name = ? AND made_at > ?")
        try statement.bind(key.name, at: 1).bind(now - Self.lifetime, at: 2)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        guard statement.bytes(0) == key.digest else { throw DocumentError.tokenMismatch }
        return statement.text(1)
    }

    func remember(_ key: IdempotencyKey, now: Int64) throws(SQLiteFailure) {
        try statement("DELETE FROM idempotency_keys WHERE made_at <= ?").bind(now - Self.lifetime, at: 1).run()
        try statement("INSERT OR REPLACE INTO idempotency_keys (name, digest, answer, made_at) VALUES (?, ?, ?, ?)")
            .bind(key.name, at: 1).bind(key.digest, at: 2).bind(key.answer, at: 3).bind(now, at: 4).run()
    }

    private static let lifetime = IdempotencyKey.lifetime.wholeMilliseconds
}
