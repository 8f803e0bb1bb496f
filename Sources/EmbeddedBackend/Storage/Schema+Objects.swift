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
        migrator.registerMigration("objects-2") { database in
            try database.execute(
                sql: """
                    ALTER TABLE buckets ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
                    -- A JSON object of documents, by their names.
                    ALTER TABLE buckets ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

                    -- JSON objects of strings.
                    ALTER TABLE objects ADD COLUMN headers TEXT NOT NULL DEFAULT '{}';
                    ALTER TABLE objects ADD COLUMN tags TEXT NOT NULL DEFAULT '{}';
                    -- Algorithm, type and text, with spaces between them.
                    ALTER TABLE objects ADD COLUMN checksum TEXT;
                    -- The upload whose parts are the body; the column body has the first one's then.
                    ALTER TABLE objects ADD COLUMN upload TEXT;
                    CREATE INDEX objects_by_age ON objects (bucket, modified_at);

                    CREATE TABLE uploads (
                        id TEXT NOT NULL PRIMARY KEY,
                        bucket TEXT NOT NULL,
                        key BLOB NOT NULL,
                        content_type TEXT NOT NULL,
                        metadata TEXT NOT NULL,
                        headers TEXT NOT NULL,
                        tags TEXT NOT NULL,
                        algorithm TEXT,
                        checksum_type TEXT NOT NULL,
                        started_at INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX uploads_by_key ON uploads (bucket, key, id);

                    -- Of uploads and, once they are complete, of their objects.
                    CREATE TABLE parts (
                        upload TEXT NOT NULL,
                        number INTEGER NOT NULL,
                        bucket TEXT NOT NULL,
                        size INTEGER NOT NULL,
                        etag TEXT NOT NULL,
                        checksum TEXT,
                        modified_at INTEGER NOT NULL,
                        body TEXT NOT NULL,
                        PRIMARY KEY (upload, number)
                    ) STRICT, WITHOUT ROWID;
                    CREATE UNIQUE INDEX parts_by_body ON parts (bucket, body);
                    """)
        }
        migrator.registerMigration("objects-3") { database in
            try database.execute(
                sql: """
                    -- A small body; there is no file of the name in the column body then.
                    ALTER TABLE objects ADD COLUMN bytes BLOB;
                    """)
        }
    }
}
