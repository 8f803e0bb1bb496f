import Dispatch
import Foundation
import GRDB
import SpeakModel
import Testing

@testable import EmbeddedBackend

@Suite("Connections that read beside the writer")
struct ReadersTests {
    private func withStorage(_ body: (Storage) async throws -> Void) async throws {
        let folder = TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let storage = try Storage(path: folder.path + "/speaktracker.sqlite", now: { .now() })
        try await storage.writer.run(.durable) { connection in
            try connection.database.execute(
                sql: "CREATE TABLE numbers (n INTEGER); INSERT INTO numbers VALUES (1), (2)")
        }
        try await body(storage)
        try storage.close()
        withExtendedLifetime(folder) {}
    }

    private func numbers(_ connection: ReadConnection) throws -> [Int64] {
        let statement = try connection.statement("SELECT n FROM numbers ORDER BY n")
        var numbers: [Int64] = []
        while try statement.step() { numbers.append(statement.integer(0)) }
        return numbers
    }

    @Test("see every write that has returned")
    func newest() async throws {
        try await withStorage { storage in
            for n in Int64(3)...20 {
                try await storage.writer.run(.durable) { connection in
                    try connection.database.execute(sql: "INSERT INTO numbers VALUES (?)", arguments: [n])
                }
                #expect(try storage.readHere(numbers) == Array(1...n))
            }
        }
    }

    @Test("let go of the snapshot of a reading that was left half way")
    func halfRead() async throws {
        struct Enough: Error {}
        try await withStorage { storage in
            #expect(throws: Enough.self) {
                try storage.readHere { connection in
                    guard try connection.statement("SELECT n FROM numbers ORDER BY n").step() else { return }
                    throw Enough()
                }
            }
            try await storage.writer.run(.durable) { connection in
                try connection.database.execute(sql: "DELETE FROM numbers")
            }
            #expect(try storage.readHere(numbers).isEmpty)
        }
    }

    @Test("see one moment in a snapshot, whatever is written meanwhile")
    func snapshot() async throws {
        try await withStorage { storage in
            let seen = try await storage.readElsewhere { connection in
                try connection.snapshot {
                    let before = try numbers(connection)
                    let written = DispatchSemaphore(value: 0)
                    Task {
                        try await storage.writer.run(.durable) { connection in
                            try connection.database.execute(sql: "INSERT INTO numbers VALUES (9)")
                        }
                        written.signal()
                    }
                    written.wait()
                    return (before, try numbers(connection))
                }
            }
            #expect(seen.0 == [1, 2] && seen.1 == [1, 2])
            #expect(try storage.readHere(numbers) == [1, 2, 9])
        }
    }

    @Test("cannot write")
    func readOnly() async throws {
        try await withStorage { storage in
            #expect(throws: SQLiteFailure.self) {
                try storage.readHere { try $0.statement("DELETE FROM numbers").run() }
            }
        }
    }

    @Test("are closed with the folder")
    func closed() async throws {
        try await withStorage { storage in
            try storage.close()
            #expect(throws: SQLiteFailure.self) { try storage.readHere(numbers) }
        }
    }
}
