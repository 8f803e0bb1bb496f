import Documents
import EmbeddedBackend
import Foundation
import JSON
import Queueing
import SpeakModel
import Telemetry
import Testing
import Workers

@Suite("an operator's wishes about jobs")
struct JobOfficeTests {
    private static func office(_ bench: Bench) -> JobOffice {
        JobOffice(documents: bench.folder.documents, enqueuer: bench.enqueuer, now: bench.clock.now)
    }

    private static let counting = HandlerRegistry([
        ScriptedHandler { _, job in Outcome(plan: { _, _ in [count(job.id)] }) }
    ])

    @Test("a cancelled job never runs, and its message is dropped when it is received")
    func cancelled() async throws {
        let bench = try await Bench()
        try await bench.enqueuer.enqueue(scripted("j"))
        try await Self.office(bench).cancel("j")
        let row = try await bench.status(of: "j")
        #expect(row["status"] == "FAILED" && row["cancelled"] == true && row["error"] == "Cancelled by an operator.")
        #expect(try await bench.runNext(bench.runner(Self.counting)))
        #expect(try await bench.count(of: "j") == 0)
        #expect(try await bench.statistics(of: JobQueue.statistics.name).total == 0)
        #expect(try await bench.status(of: "j")["cancelled"] == true)
    }

    @Test("a cancelled job that is tried again runs, though its first message comes too")
    func retriedAfterCancelling() async throws {
        let bench = try await Bench()
        try await bench.enqueuer.enqueue(scripted("j"))
        try await Self.office(bench).cancel("j")
        try await Self.office(bench).retry("j")
        let runner = bench.runner(Self.counting)
        while try await bench.runNext(runner) {}
        #expect(try await bench.count(of: "j") == 1)
        let row = try await bench.status(of: "j")
        #expect(row["status"] == "COMPLETED" && row["cancelled"] == nil && row["error"] == nil)
    }

    @Test("only what waits is cancelled: not what is being done, nor what is over")
    func notWaiting() async throws {
        let bench = try await Bench()
        try await bench.enqueuer.enqueue(scripted("j"))
        let office = Self.office(bench)
        let handler = ScriptedHandler { _, _ in
            await #expect(throws: JobOfficeError.notWaiting("j", "PROCESSING")) { try await office.cancel("j") }
            return Outcome()
        }
        try await bench.runNext(bench.runner(HandlerRegistry([handler])))
        await #expect(throws: JobOfficeError.notWaiting("j", "COMPLETED")) { try await office.cancel("j") }
        await #expect(throws: JobOfficeError.notFailed("j", "COMPLETED")) { try await office.retry("j") }
        await #expect(throws: JobOfficeError.noSuchJob("none")) { try await office.cancel("none") }
    }

    @Test("a failed job is enqueued again as it was, in the same trace")
    func retried() async throws {
        let bench = try await Bench()
        let trace = TraceParent.beginning()
        try await bench.enqueuer.enqueue(scripted("j"), trace: trace)
        let failing = ScriptedHandler { _, _ in throw JobFailure.giveUp(reason: "No.") }
        try await bench.runNext(bench.runner(HandlerRegistry([failing])))
        #expect(try await bench.status(of: "j")["error"] == "No.")
        try await Self.office(bench).retry("j")
        let queue = try await bench.folder.queues.queue(named: JobQueue.statistics.name)
        let message = try #require(try await queue.receive(visibilityTimeout: .zero).first)
        #expect(message.body == scripted("j").json.utf8)
        #expect(message.trace.traceID == trace.traceID)
        try await bench.runNext(bench.runner(Self.counting))
        #expect(try await bench.count(of: "j") == 1)
    }

    @Test("a job whose message was never sent can be enqueued again, once that is plain")
    func forgotten() async throws {
        let bench = try await Bench()
        try await bench.enqueuer.enqueue(scripted("j"))
        try await bench.folder.queues.queue(named: JobQueue.statistics.name).purge()
        let office = Self.office(bench)
        await #expect(throws: JobOfficeError.notFailed("j", "PENDING")) { try await office.retry("j") }
        bench.clock.advance(by: .seconds(61))
        try await office.retry("j")
        try await bench.runNext(bench.runner(Self.counting))
        #expect(try await bench.count(of: "j") == 1)
    }

    @Test("a sentence that a newer job has taken over is left to it")
    func takenOver() async throws {
        let bench = try await Bench()
        for id in ["old", "new"] {
            try await bench.enqueuer.enqueue(
                try JobDocument([
                    "job_id": .string(id), "kind": "sentence.synthesize",
                    "payload": ["sessionId": "s", "sentenceIndex": 0, "english": .string(id)],
                ]))
        }
        try await Self.office(bench).cancel("old")
        #expect(try await bench.status(of: "old")["cancelled"] == true)
        let row = try await bench.row(.sentenceAudio, ["sessionId": "s", "sentenceIndex": 0])
        #expect(row?["status"] == "PENDING" && row?["jobId"] == "new")
    }

    @Test("a job whose row does not say what it was cannot be tried again by its row")
    func foreignRow() async throws {
        let bench = try await Bench()
        try await bench.folder.documents.write(
            DocumentWrite(
                table: Table.asyncJobStatus.name,
                .put(["job_id": "j", "status": "FAILED", "kind": "statistics.aggregate", "payload": ["date": 7]])))
        await #expect(throws: JobOfficeError.unknownDocument("j")) { try await Self.office(bench).retry("j") }
    }
}
