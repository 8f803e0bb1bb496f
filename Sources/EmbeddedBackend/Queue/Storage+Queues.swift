import GRDB
import Queueing
import SpeakModel

/// The queues' way to the database: with the time, and with ``QueueError`` for what fails.
extension Storage {
    func writeQueues<Value: Sendable>(
        _ durability: Writer.Durability, bytes: Int = 0,
        _ work: @escaping @Sendable (WriteConnection, Timestamp) throws -> Value
    ) async throws -> Value {
        do {
            return try await writer.run(durability, bytes: bytes) { [now] in try work($0, now()) }
        } catch let error as SQLiteFailure {
            throw QueueError.unavailable(reason: error.description)
        }
    }

    func readQueues<Value: Sendable>(
        _ work: @escaping @Sendable (Database, Timestamp) throws -> Value
    ) async throws -> Value {
        do {
            return try await read { [now] in try work($0, now()) }
        } catch let error as SQLiteFailure {
            throw QueueError.unavailable(reason: error.description)
        }
    }

    /// Deletes what a purge left behind, in pieces between which others write.
    func sweepQueuesInBackground() {
        Task {
            do {
                while try await sweepQueues(limit: 500) == 500 {}
            } catch {
                // The folder was closed or its disk is full. The rest is known in the file for the next sweep.
            }
        }
    }

    func sweepQueues(limit: Int) async throws -> Int {
        try await writeQueues(.lease) { connection, now in
            try connection.sweepQueues(now: now.milliseconds, limit: limit)
        }
    }
}
