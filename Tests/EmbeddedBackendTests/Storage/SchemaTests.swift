import EmbeddedBackend
import Foundation
import GRDB
import Testing

@Suite("schema")
struct SchemaTests {
    let temporary = TemporaryFolder()
    private var file: String { temporary.path + "/speaktracker.sqlite" }

    init() throws {
        try FileManager.default.createDirectory(atPath: temporary.path, withIntermediateDirectories: true)
    }

    private func applied() throws -> [String] {
        try DatabaseQueue(path: file).read { try Schema.migrator.appliedMigrations($0) }
    }

    @Test(
        "a database of any earlier schema is migrated, an empty file too",
        arguments: 0..<Schema.migrator.migrations.count)
    func migrates(_ steps: Int) throws {
        let older = try DatabaseQueue(path: file)
        if steps > 0 { try Schema.migrator.migrate(older, upTo: Schema.migrator.migrations[steps - 1]) }
        try older.close()
        try DataFolder.open(temporary.path).close()
        #expect(try applied() == Schema.migrator.migrations)
    }

    @Test("a database of a newer schema is refused, and stays as it is")
    func refusesNewer() throws {
        try DataFolder.open(temporary.path).close()
        let newer = try DatabaseQueue(path: file)
        try newer.write { try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('queues-999')") }
        try newer.close()
        let error = #expect(throws: DataFolderError.tooNew(path: file)) { try DataFolder.open(temporary.path) }
        #expect(
            error?.description == "\(file) was written by a newer version of this program; use that version.")
        #expect(Set(try applied()) == Set(Schema.migrator.migrations))
        let all = try DatabaseQueue(path: file).read { try Schema.migrator.appliedIdentifiers($0) }
        #expect(all.contains("queues-999"))
    }
}
