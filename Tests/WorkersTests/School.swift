import Acoustics
import Documents
import EmbeddedBackend
import Foundation
import JSON
import Objects
import Pronunciation
import SpeakModel
import Speech
import TestSupport
import Workers

/// A bench with the real handlers, and short ways to give it jobs.
struct School {
    let bench: Bench
    private let runner: JobRunner

    init(at moment: String = "2026-01-05T10:00:00.000Z") async throws {
        bench = try await Bench(at: moment)
        guard let seoul = TimeZone(identifier: "Asia/Seoul") else { preconditionFailure("Install tzdata.") }
        runner = bench.runner(
            .standard(
                documents: bench.folder.documents, objects: bench.folder.objects,
                synthesizer: EspeakSynthesizer.shared, assessor: try Self.assessor.get(), timeZone: seoul,
                now: bench.clock.now))
    }

    /// The acoustic model is read once for all tests.
    static let assessor = Result {
        ReadingAssessor(
            scorer: try .installed(transcriber: EspeakSynthesizer.shared), synthesizer: EspeakSynthesizer.shared)
    }

    /// What ``record(_:saying:speechSeconds:from:of:)`` says, over and over, if nothing else.
    static let counting = "one two three four five six seven eight "

    /// Stores a recording with faint noise around the speech.
    func record(
        _ name: String, saying words: String = counting, speechSeconds: Double, from start: Double, of total: Double
    ) async throws {
        let rate = 16_000
        let text = String(repeating: words, count: 6)
        let spoken = try await EspeakSynthesizer.shared.speak(
            SpeechRequest(text: text, voice: .default(for: .en)))
        let speech = try Resampler.resample(spoken.waveform, toHz: rate).samples
        var random = SeededGenerator(seed: 1)
        var samples = (0..<Int(total * Double(rate))).map { _ in Float.random(in: -0.001...0.001, using: &random) }
        for index in 0..<Int(speechSeconds * Double(rate)) {
            samples[Int(start * Double(rate)) + index] += speech[index]
        }
        try await store(try AudioEncoder.encode(Waveform(samples: samples, sampleRateInHz: rate), as: .wav), as: name)
    }

    func store(_ bytes: [UInt8], as name: String) async throws {
        try await bench.folder.objects.put(
            bytes, at: "recordings/\(name)", in: Provisioning.bucket, contentType: "audio/wav")
    }

    func enqueue(_ id: String, _ kind: JobKind, _ payload: JSONValue) async throws {
        try await bench.enqueuer.enqueue(
            try JobDocument(["job_id": .string(id), "kind": .string(kind.rawValue), "payload": payload]))
    }

    func score(
        _ name: String, _ index: Int, session: String? = nil, at moment: String? = nil,
        student: String = "s@example.com", id: String? = nil
    ) async throws {
        var payload: [String: JSONValue] = [
            "student_email": .string(student), "timestamp": .string(moment ?? "2026-01-05T03:0\(index):00.000Z"),
            "original_text": "one two three four five", "transcribed_text": "one two three four five",
            "s3key": .string("recordings/\(name)"),
        ]
        payload["session_timestamp"] = session.map { .string($0) }
        try await enqueue(id ?? "score-\(index)", .pronunciationScore, .object(payload))
    }

    func turn(_ name: String, _ index: Int, session: String? = nil) async throws {
        var payload: [String: JSONValue] = [
            "student_email": "s@example.com", "timestamp": "2026-01-05T04:00:00.000Z", "conversation_id": "c",
            "s3key": .string("recordings/\(name)"),
        ]
        payload["session_timestamp"] = session.map { .string($0) }
        try await enqueue("turn-\(index)", .conversationAnalyze, .object(payload))
    }

    func aggregate(_ date: String, student: String? = "s@example.com") async throws {
        var payload: [String: JSONValue] = ["date": .string(date)]
        payload["student_email"] = student.map { .string($0) }
        try await enqueue("aggregate-\(date)-\(student ?? "all")", .statisticsAggregate, .object(payload))
    }

    /// Does every job that waits, follow-ups too.
    func work() async throws {
        for queue in JobQueue.allCases { while try await bench.runNext(runner, on: queue) {} }
    }

    func day(_ date: String, of student: String = "s@example.com") async throws -> Item? {
        try await bench.row(.dailyStatistics, ["student_email": .string(student), "date": .string(date)])
    }

    func items(_ table: Table) async throws -> [Item] {
        try await bench.folder.documents.scan(DocumentScan(table: table.name)).items
    }
}
