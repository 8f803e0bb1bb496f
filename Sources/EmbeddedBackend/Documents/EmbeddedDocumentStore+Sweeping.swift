import Documents
import SpeakModel

extension EmbeddedDocumentStore {
    /// DynamoDB leaves alone what expired more than five years ago: such a number is rather a mistake than a time
    /// (Amazon DynamoDB Developer Guide, "Using time to live (TTL)").
    private static let oldestExpiryInSeconds: Int64 = 5 * 365 * 86_400
    /// How many items one transaction deletes, so that other writers do not wait long.
    private static let chunk = 500

    @discardableResult
    package func sweepExpired(limit: Int) async throws -> Int {
        var sweptCount = 0
        while sweptCount < limit {
            let wanted = min(Self.chunk, limit - sweptCount)
            let count = try await sweep(wanted, at: storage.now().epochSeconds)
            sweptCount += count
            if count < wanted { break }
        }
        return sweptCount
    }

    private func sweep(_ limit: Int, at now: Int64) async throws -> Int {
        try await write(bytes: limit * 1024) { connection in
            let expired = try connection.expired(limit, from: now - Self.oldestExpiryInSeconds, through: now)
            for (name, key) in expired {
                let table = try connection.table(name)
                let old = try connection.item(key, in: table)
                try connection.replace(old, by: nil, at: key, in: table)
            }
            return expired.count
        }
    }
}

extension WriteConnection {
    /// The keys of items whose life ended between two seconds, those that ended first before others.
    fileprivate func expired(
        _ limit: Int, from earliest: Int64, through latest: Int64
    ) throws -> [(table: String, key: EncodedKey)] {
        // Items of a table that is no more have no name: they go with their table.
        let statement = try statement(
            """
            SELECT document_tables.name, partition_key, sort_key
            FROM documents JOIN document_tables ON document_tables.id = documents.table_id
            WHERE expires_at BETWEEN ? AND ? ORDER BY expires_at LIMIT ?
            """)
        try statement.bind(earliest, at: 1).bind(latest, at: 2).bind(Int64(limit), at: 3)
        var expired: [(table: String, key: EncodedKey)] = []
        while try statement.step() {
            expired.append(
                (statement.text(0) ?? "", EncodedKey(partition: statement.bytes(1), sort: statement.bytes(2))))
        }
        return expired
    }
}
