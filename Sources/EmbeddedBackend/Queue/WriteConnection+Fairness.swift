/// Fairness between the groups of a standard queue.
///
/// The group with fewer messages in flight comes first, so one that keeps receivers busy waits behind the others. Nothing
/// waits while nobody else wants to be served. Messages without a group are nobody's noise.
///
/// A receive looks at sixteen other groups, and the next receive at those behind them, so it costs the same however many
/// messages and groups there are.
extension WriteConnection {
    private static let mostCounted: Int64 = 1000
    private static let groupsLookedAt = 16

    /// The visible messages of a queue in the order in which they are due, those of other groups among them.
    ///
    /// - Parameter oldest: Those that have been visible longest.
    func quietFirst(
        _ oldest: [LeaseCandidate], in queue: QueueRecord, now: Int64
    ) throws(SQLiteFailure) -> [LeaseCandidate] {
        try endLeases(in: queue, now: now)
        var loads: [String: Int64] = [:]
        for group in Set(oldest.map { $0.group ?? "" }) { loads[group] = try load(ofGroup: group, in: queue) }
        guard loads.values.contains(where: { $0 > 0 }) else { return oldest }
        for group in try nextGroups(in: queue) where loads[group] == nil {
            loads[group] = try load(ofGroup: group, in: queue)
        }
        var candidates = Dictionary(uniqueKeysWithValues: oldest.map { ($0.row, $0) })
        for group in loads.keys {
            for candidate in try visible(ofGroup: group, in: queue, count: oldest.count, now: now) {
                candidates[candidate.row] = candidate
            }
        }
        func isBefore(_ one: LeaseCandidate, _ other: LeaseCandidate) -> Bool {
            let (oneLoad, otherLoad) = (loads[one.group ?? ""] ?? 0, loads[other.group ?? ""] ?? 0)
            return (oneLoad, one.visibleAt, one.row) < (otherLoad, other.visibleAt, other.row)
        }
        return candidates.values.sorted(by: isBefore)
    }

    /// Counts messages whose lease has ended among those that wait; their receipts stay what they are.
    private func endLeases(in queue: QueueRecord, now: Int64) throws(SQLiteFailure) {
        try statement(
            """
            UPDATE messages INDEXED BY group_leases SET is_leased = 0
            WHERE queue = ? AND visible_at <= ? AND is_leased = 1 AND message_group IS NOT NULL AND sequence IS NULL
            """
        ).bind(queue.id, at: 1).bind(now, at: 2).run()
    }

    /// How many messages of a group are in flight, as far as that is counted.
    private func load(ofGroup group: String, in queue: QueueRecord) throws(SQLiteFailure) -> Int64 {
        if group.isEmpty { return 0 }
        let statement = try statement(
            """
            SELECT count(*) FROM (
                SELECT 1 FROM messages INDEXED BY messages_by_fairness
                WHERE queue = ? AND is_leased = 1 AND message_group = ? AND sequence IS NULL LIMIT ?)
            """)
        try statement.bind(queue.id, at: 1).bind(group, at: 2).bind(Self.mostCounted, at: 3)
        guard try statement.step() else { return 0 }
        defer { statement.reset() }
        return statement.integer(0)
    }

    private func visible(
        ofGroup group: String, in queue: QueueRecord, count: Int, now: Int64
    ) throws(SQLiteFailure) -> [LeaseCandidate] {
        let statement = try statement(
            """
            SELECT id, visible_at, sent_at, receive_count, received_elsewhere, first_received_at, last_failure,
                source_queue, sequence, message_group
            FROM messages INDEXED BY messages_by_fairness
            WHERE queue = ? AND is_leased = 0 AND message_group = ? AND visible_at <= ? AND sequence IS NULL
            ORDER BY visible_at LIMIT ?
            """)
        try statement.bind(queue.id, at: 1).bind(group, at: 2).bind(now, at: 3).bind(Int64(count), at: 4)
        var found: [LeaseCandidate] = []
        while try statement.step() { found.append(LeaseCandidate(statement)) }
        return found
    }

    /// Groups with waiting messages, those behind the ones of the last time, by name and from the first again after the last.
    private func nextGroups(in queue: QueueRecord) throws(SQLiteFailure) -> [String] {
        var groups: [String] = []
        var last = lastGroups[queue.id]
        while groups.count < Self.groupsLookedAt {
            var next = try group(after: last, in: queue)
            if next == nil, last != nil { next = try group(after: nil, in: queue) }
            guard let next, next != groups.first else { break }
            groups.append(next)
            last = next
        }
        lastGroups[queue.id] = last
        return groups
    }

    private func group(after name: String?, in queue: QueueRecord) throws(SQLiteFailure) -> String? {
        let statement =
            if let name {
                try statement(
                    """
                    SELECT message_group FROM messages INDEXED BY messages_by_fairness
                    WHERE queue = ? AND is_leased = 0 AND message_group > ? AND sequence IS NULL
                    ORDER BY message_group LIMIT 1
                    """
                ).bind(queue.id, at: 1).bind(name, at: 2)
            } else {
                // No name is less than the empty one.
                try statement(
                    """
                    SELECT message_group FROM messages INDEXED BY messages_by_fairness
                    WHERE queue = ? AND is_leased = 0 AND message_group >= '' AND sequence IS NULL
                    ORDER BY message_group LIMIT 1
                    """
                ).bind(queue.id, at: 1)
            }
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return statement.text(0)
    }
}
