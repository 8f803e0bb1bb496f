import EmbeddedBackend
import Queueing
import Testing

@Suite("moves of messages, across owners")
struct MoveResumeTests {
    let temporary = TemporaryFolder()

    @Test("a move that ran when its folder was closed goes on with the next owner", .timeLimit(.minutes(1)))
    func resumes() async throws {
        let first = try DataFolder.open(temporary.path)
        let letters = try await first.queues.createQueue(named: "letters", QueueConfiguration())
        try await first.queues.createQueue(named: "target", QueueConfiguration())
        for number in 0..<3 { try await letters.send(OutgoingMessage(body: Array("\(number)".utf8))) }
        _ = try await first.queues.startMove(from: "letters", to: "target", rate: 1)
        try first.close()

        let second = try DataFolder.open(temporary.path)
        #expect(try await second.queues.moves(from: "letters").map(\.status) == [.running])
        try await second.queues.resumeMoves()
        let target = try await second.queues.queue(named: "target")
        var texts: [String] = []
        while texts.count < 3 {
            texts += try await target.receive(maximum: 10, visibilityTimeout: nil, wait: .seconds(20))
                .map { String(decoding: $0.body, as: UTF8.self) }
        }
        #expect(texts == ["0", "1", "2"])
        try second.close()
    }
}
