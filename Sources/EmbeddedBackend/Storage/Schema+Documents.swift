import GRDB

extension Schema {
    /// Keys are bytes that sort as the values do: UTF-8, a number's ordered bytes, or the binary itself.
    ///
    /// An item is DynamoDB JSON, so that the `sqlite3` shell can show it. `expires_at` is its lifetime attribute in whole
    /// epoch seconds, where it has one, and `size` what it counts for at DynamoDB, in bytes; the items of the first folders
    /// have none. An index entry leads to its item; a key without a sort attribute has no bytes there.
    static func registerDocuments(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("documents-1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE document_tables (
                        id INTEGER PRIMARY KEY,
                        name TEXT NOT NULL UNIQUE,
                        schema TEXT NOT NULL
                    ) STRICT;

                    CREATE TABLE documents (
                        table_id INTEGER NOT NULL,
                        partition_key BLOB NOT NULL,
                        sort_key BLOB NOT NULL,
                        item TEXT NOT NULL,
                        expires_at INTEGER,
                        PRIMARY KEY (table_id, partition_key, sort_key)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX documents_by_expiry ON documents (expires_at) WHERE expires_at IS NOT NULL;

                    CREATE TABLE document_index_entries (
                        table_id INTEGER NOT NULL,
                        index_number INTEGER NOT NULL,
                        partition_key BLOB NOT NULL,
                        sort_key BLOB NOT NULL,
                        item_partition_key BLOB NOT NULL,
                        item_sort_key BLOB NOT NULL,
                        PRIMARY KEY (
                            table_id, index_number, partition_key, sort_key, item_partition_key, item_sort_key
                        )
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("documents-2") { database in
            try database.execute(
                sql: """
                    ALTER TABLE document_tables ADD COLUMN uuid TEXT NOT NULL DEFAULT '';
                    ALTER TABLE document_tables ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
                    -- A JSON object of what else a table was told.
                    ALTER TABLE document_tables ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
                    UPDATE document_tables SET uuid = lower(hex(randomblob(16)));

                    -- Tables and indexes whose rows wait to be deleted.
                    CREATE TABLE abandoned_document_tables (id INTEGER PRIMARY KEY) STRICT;
                    CREATE TABLE abandoned_document_indexes (
                        table_id INTEGER NOT NULL,
                        index_number INTEGER NOT NULL,
                        PRIMARY KEY (table_id, index_number)
                    ) STRICT, WITHOUT ROWID;

                    CREATE TABLE transaction_tokens (
                        token TEXT NOT NULL PRIMARY KEY,
                        digest BLOB NOT NULL,
                        made_at INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX transaction_tokens_by_age ON transaction_tokens (made_at);
                    """)
        }
        migrator.registerMigration("documents-3") { database in
            try database.execute(sql: "ALTER TABLE documents ADD COLUMN size INTEGER")
        }
    }
}
