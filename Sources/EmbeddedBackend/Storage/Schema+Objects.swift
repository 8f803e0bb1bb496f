import GRDB

extension Schema {
    /// Keys are BLOBs: those are compared byte by byte, and may hold anything.
    static func registerObjects(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("objects-1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE buckets (name TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

                    CREATE TABLE objects (
                        bucket TEXT NOT NULL REFERENCES buckets (name),
                        key BLOB NOT NULL,
                        size INTEGER NOT NULL,
                        etag TEXT NOT NULL,
                        content_type TEXT NOT NULL,
                        metadata TEXT NOT NULL,
                        modified_at INTEGER NOT NULL,
                        -- The file that has the bytes, in the bucket's folder.
                        body TEXT NOT NULL,
                        PRIMARY KEY (bucket, key)
                    ) STRICT, WITHOUT ROWID;
                    -- Answers the sweep's question which files of a folder are somebody's.
                    CREATE UNIQUE INDEX objects_by_body ON objects (bucket, body);
                    """)
        }
    }
}
