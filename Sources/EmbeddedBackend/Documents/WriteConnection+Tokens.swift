import Documents
import SpeakModel

/// Names of transactions that were done in the last ten minutes.
extension WriteConnection {
    private static let tokenInterval: Int64 = 600_000

    /// - Returns: Whether the transaction was done before.
    /// - Throws: ``DocumentError/tokenMismatch`` if that was another transaction.
    func wasDone(_ token: TransactionToken, now: Int64) throws -> Bool {
        let statement = try statement("SELECT digest FROM transaction_tokens WHERE token = ? AND made_at > ?")
        try statement.bind(token.text, at: 1).bind(now - Self.tokenInterval, at: 2)
        guard try statement.step() else { return false }
        defer { statement.reset() }
        guard statement.bytes(0) == token.digest else { throw DocumentError.tokenMismatch }
        return true
    }

    func remember(_ token: TransactionToken, now: Int64) throws(SQLiteFailure) {
        try statement("DELETE FROM transaction_tokens WHERE made_at <= ?").bind(now - Self.tokenInterval, at: 1).run()
        try statement("INSERT OR REPLACE INTO transaction_tokens (token, digest, made_at) VALUES (?, ?, ?)")
            .bind(token.text, at: 1).bind(token.digest, at: 2).bind(now, at: 3).run()
    }
}
