import Foundation
import Queueing
import SpeakModel

/// The rows of moves, and one piece of a move.
extension WriteConnection {
    private static let kept = 10

    func startMove(
        from source: QueueRecord, to destination: String?, rate: Int?, now: Timestamp
    ) throws -> MessageMove {
        if let destination { _ = try queue(destination) }
        guard try !moves(from: source).contains(where: { $0.status == .running }) else {
            throw QueueError.moveIsRunning(source.name)
        }
        let move = MessageMove(
            id: UUID().uuidString.lowercased(), sourceQueueName: source.name, destinationQueueName: destination,
            rate: rate, startedAt: now, messageCount: try messageCount(in: source, now: now.milliseconds))
        try statement(
            "INSERT INTO moves (id, source, destination, rate, started_at, message_count, status) VALUES (?, ?, ?, ?, ?, ?, ?)"
        ).bind(move.id, at: 1).bind(source.name, at: 2).bind(destination, at: 3).bind(rate.map(Int64.init), at: 4)
            .bind(now.milliseconds, at: 5).bind(Int64(move.messageCount), at: 6).bind(move.status.rawValue, at: 7).run()
        try statement(
            """
            DELETE FROM moves WHERE source = ?1 AND number NOT IN (
                SELECT number FROM moves WHERE source = ?1 ORDER BY number DESC LIMIT ?2)
            """
        ).bind(source.name, at: 1).bind(Int64(Self.kept), at: 2).run()
        return move
    }

    /// How many messages nobody holds.
    private func messageCount(in queue: QueueRecord, now: Int64) throws(SQLiteFailure) -> Int {
        let statement = try statement("SELECT count(*) FROM messages WHERE queue = ? AND visible_at <= ?")
        try statement.bind(queue.id, at: 1).bind(now, at: 2)
        guard try statement.step() else { return 0 }
        defer { statement.reset() }
        return Int(statement.integer(0))
    }

    /// The latest first.
    func moves(from source: QueueRecord) throws(SQLiteFailure) -> [MessageMove] {
        let statement = try statement("SELECT number FROM moves WHERE source = ? ORDER BY number DESC")
        return try moves(statement.bind(source.name, at: 1))
    }

    func runningMoves() throws(SQLiteFailure) -> [MessageMove] {
        let statement = try statement("SELECT number FROM moves WHERE status = ? ORDER BY number")
        return try moves(statement.bind(MessageMove.Status.running.rawValue, at: 1))
    }

    private func move(_ id: String) throws -> MessageMove {
        let statement = try statement("SELECT number FROM moves WHERE id = ?")
        guard let move = try moves(statement.bind(id, at: 1)).first else { throw QueueError.noSuchMove }
        return move
    }

    /// - Parameter found: A statement that finds the numbers of moves.
    private func moves(_ found: PreparedStatement) throws(SQLiteFailure) -> [MessageMove] {
        var numbers: [Int64] = []
        while try found.step() { numbers.append(found.integer(0)) }
        let row = try statement(
            """
            SELECT id, source, destination, rate, started_at, message_count, status, moved_count, failure
            FROM moves WHERE number = ?
            """)
        var moves: [MessageMove] = []
        for number in numbers {
            try row.bind(number, at: 1)
            while try row.step() { moves.append(MessageMove(row)) }
        }
        return moves
    }

    func cancelMove(_ id: String) throws -> MessageMove {
        var move = try move(id)
        guard move.status == .running else { throw QueueError.moveIsOver }
        move.status = .cancelled
        try update(move)
        return move
    }

    private func update(_ move: MessageMove) throws(SQLiteFailure) {
        try statement("UPDATE moves SET status = ?, moved_count = ?, failure = ? WHERE id = ?")
            .bind(move.status.rawValue, at: 1).bind(Int64(move.movedCount), at: 2).bind(move.failure?.rawValue, at: 3)
            .bind(move.id, at: 4).run()
    }

    /// Moves the oldest messages that were there when the move began, and ends the move when none is left.
    func step(_ id: String, limit: Int, now: Int64) throws -> MoveStep {
        var move = try move(id)
        var moved: [String: Int] = [:]
        guard move.status == .running else { return MoveStep(status: move.status, moved: moved) }
        if let source = try findQueue(move.sourceQueueName) {
            let letters = try movable(in: source, sentUpTo: move.startedAt.milliseconds, limit: limit, now: now)
            for letter in letters {
                guard let name = move.destinationQueueName ?? letter.source else {
                    move.fail(.unknownSource)
                    break
                }
                guard let target = try findQueue(name) else {
                    move.fail(.noSuchQueue)
                    break
                }
                try renew(row: letter.row, movedFrom: source, to: target, now: now)
                moved[name, default: 0] += 1
                move.movedCount += 1
            }
            if letters.count < limit, move.status == .running { move.status = .completed }
        } else {
            move.fail(.noSuchQueue)
        }
        try update(move)
        return MoveStep(status: move.status, moved: moved)
    }

    private func movable(
        in queue: QueueRecord, sentUpTo: Int64, limit: Int, now: Int64
    ) throws(SQLiteFailure) -> [(row: Int64, source: String?)] {
        let statement = try statement(
            """
            SELECT id, source_queue FROM messages INDEXED BY messages_by_age
            WHERE queue = ? AND visible_at <= ? AND sent_at <= ? AND sent_at > ? ORDER BY sent_at, id LIMIT ?
            """)
        try statement.bind(queue.id, at: 1).bind(now, at: 2).bind(sentUpTo, at: 3)
            .bind(queue.expiryLimit(now: now), at: 4).bind(Int64(limit), at: 5)
        var letters: [(row: Int64, source: String?)] = []
        while try statement.step() { letters.append((statement.integer(0), statement.text(1))) }
        return letters
    }
}

extension MessageMove {
    fileprivate mutating func fail(_ failure: Failure) {
        status = .failed
        self.failure = failure
    }

    fileprivate init(_ row: PreparedStatement) {
        self.init(
            id: row.text(0) ?? "", sourceQueueName: row.text(1) ?? "", destinationQueueName: row.text(2),
            rate: row.isNull(3) ? nil : Int(row.integer(3)), startedAt: Timestamp(milliseconds: row.integer(4)),
            messageCount: Int(row.integer(5)), status: row.text(6).flatMap(Status.init) ?? .failed,
            movedCount: Int(row.integer(7)), failure: row.text(8).flatMap(Failure.init))
    }
}
