import GRDB

extension Schema {
    /// Keys are bytes that sort as the values do: UTF-8, a number's ordered bytes, or the binary itself.
    ///
    /// An item is DynamoDB JSON, so that the `sqlite3` shell can show it. `expires_at` is its lifetime attribute in whole
    /// epoch seconds, where it has one. An index entry leads to its item; a key without a sort attribute has no bytes there.
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
    }
}
