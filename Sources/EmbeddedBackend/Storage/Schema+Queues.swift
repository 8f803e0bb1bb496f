import GRDB

extension Schema {
    /// Times are milliseconds since 1970.
    ///
    /// `messages` has what changes with every delivery and stays small; `contents` has what never changes, so that no
    /// delivery moves a body. The first index orders what is receivable, hidden messages behind it, and answers the
    /// statistics without the table; the second one finds what is too old.
    static func registerQueues(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("queues-1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE queues (
                        name TEXT NOT NULL PRIMARY KEY,
                        -- A purge gives the queue a new one, which leaves all its messages behind at once.
                        id INTEGER NOT NULL UNIQUE,
                        visibility_timeout INTEGER NOT NULL,
                        delay INTEGER NOT NULL,
                        retention_period INTEGER NOT NULL,
                        maximum_message_bytes INTEGER NOT NULL,
                        dead_letter_queue TEXT,
                        maximum_receive_count INTEGER
                    ) STRICT, WITHOUT ROWID;

                    -- Ids whose messages wait to be deleted. No id is used twice.
                    CREATE TABLE abandoned_queues (id INTEGER PRIMARY KEY) STRICT;
                    CREATE TABLE queue_ids (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;

                    CREATE TABLE messages (
                        id INTEGER PRIMARY KEY,
                        queue INTEGER NOT NULL,
                        visible_at INTEGER NOT NULL,
                        is_leased INTEGER NOT NULL DEFAULT 0,
                        sent_at INTEGER NOT NULL,
                        receipt INTEGER NOT NULL DEFAULT 0,
                        receive_count INTEGER NOT NULL DEFAULT 0,
                        received_elsewhere INTEGER NOT NULL DEFAULT 0,
                        first_received_at INTEGER,
                        last_failure TEXT,
                        source_queue TEXT
                    ) STRICT;
                    CREATE INDEX messages_by_visibility ON messages (queue, visible_at, is_leased);
                    CREATE INDEX messages_by_age ON messages (queue, sent_at);

                    CREATE TABLE contents (
                        message INTEGER PRIMARY KEY,
                        uuid BLOB NOT NULL,
                        attributes BLOB NOT NULL,
                        body BLOB NOT NULL
                    ) STRICT;
                    """)
        }
        migrator.registerMigration("queues-2") { database in
            try database.execute(
                sql: """
                    ALTER TABLE queues ADD COLUMN receive_wait INTEGER NOT NULL DEFAULT 0;
                    -- JSON objects of strings.
                    ALTER TABLE queues ADD COLUMN other_attributes TEXT NOT NULL DEFAULT '{}';
                    ALTER TABLE queues ADD COLUMN tags TEXT NOT NULL DEFAULT '{}';
                    ALTER TABLE queues ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
                    ALTER TABLE queues ADD COLUMN modified_at INTEGER NOT NULL DEFAULT 0;
                    """)
        }
        registerFIFO(in: &migrator)
        registerMoves(in: &migrator)
    }

    /// A group's row is there while it has messages: when it is ready (0: now) and its first message's sequence number.
    private static func registerFIFO(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("queues-3") { database in
            try database.execute(
                sql: """
                    -- A JSON object of SQS's attributes; NULL for a standard queue.
                    ALTER TABLE queues ADD COLUMN fifo TEXT;
                    ALTER TABLE queues ADD COLUMN last_sequence INTEGER NOT NULL DEFAULT 0;
                    ALTER TABLE messages ADD COLUMN message_group TEXT;
                    ALTER TABLE messages ADD COLUMN sequence INTEGER;
                    ALTER TABLE contents ADD COLUMN system_attributes TEXT NOT NULL DEFAULT '{}';
                    CREATE INDEX messages_by_group ON messages (queue, message_group, is_leased, sequence)
                        WHERE sequence IS NOT NULL;

                    CREATE TABLE fifo_groups (
                        queue INTEGER NOT NULL,
                        name TEXT NOT NULL,
                        ready_at INTEGER NOT NULL,
                        head INTEGER NOT NULL,
                        PRIMARY KEY (queue, name)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX fifo_groups_by_readiness ON fifo_groups (queue, ready_at, head);

                    CREATE TABLE deduplications (
                        queue TEXT NOT NULL,
                        scope TEXT NOT NULL,
                        id TEXT NOT NULL,
                        sent_at INTEGER NOT NULL,
                        uuid BLOB NOT NULL,
                        sequence INTEGER NOT NULL,
                        PRIMARY KEY (queue, scope, id)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX deduplications_by_age ON deduplications (sent_at);
                    """)
        }
    }

    /// A message of a standard queue has a group there if it was sent with one, and the empty one if others were.
    private static func registerMoves(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("queues-4") { database in
            try database.execute(
                sql: """
                    ALTER TABLE queues ADD COLUMN is_grouped INTEGER NOT NULL DEFAULT 0;
                    CREATE INDEX messages_by_fairness ON messages (queue, is_leased, message_group, visible_at)
                        WHERE message_group IS NOT NULL AND sequence IS NULL;
                    CREATE INDEX group_leases ON messages (queue, visible_at)
                        WHERE is_leased = 1 AND message_group IS NOT NULL AND sequence IS NULL;

                    CREATE TABLE moves (
                        number INTEGER PRIMARY KEY,
                        id TEXT NOT NULL UNIQUE,
                        source TEXT NOT NULL,
                        destination TEXT,
                        rate INTEGER,
                        started_at INTEGER NOT NULL,
                        message_count INTEGER NOT NULL,
                        status TEXT NOT NULL,
                        moved_count INTEGER NOT NULL DEFAULT 0,
                        failure TEXT
                    ) STRICT;
                    CREATE INDEX moves_by_source ON moves (source, number);
                    """)
        }
    }

    /// Makes leased messages visible and their receipts stale.
    static func releaseLeases(_ database: Database, now: Int64) throws {
        try database.execute(
            sql: "UPDATE messages SET visible_at = min(visible_at, :now), is_leased = 0, receipt = 0 WHERE is_leased",
            arguments: ["now": now])
        try database.execute(sql: "UPDATE fifo_groups SET ready_at = 0")
    }
}
