import GRDB

extension Schema {
    /// Requests that may be repeated, and the row that a probe writes to see whether the disk takes it.
    static func registerRequests(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("requests-1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE idempotency_keys (
                        name TEXT NOT NULL PRIMARY KEY,
                        digest BLOB NOT NULL,
                        answer TEXT NOT NULL,
                        made_at INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX idempotency_keys_by_age ON idempotency_keys (made_at);

                    CREATE TABLE probes (
                        id INTEGER PRIMARY KEY,
                        probed_at INTEGER NOT NULL
                    ) STRICT;
                    """)
        }
    }
}
