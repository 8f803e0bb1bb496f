import Acoustics
import Documents
import Foundation
import JSON
import Objects
import Queueing
import SpeakModel
import Testing
import Workers

@Suite struct RecordingHandlerTests {
    static func payload(_ fields: [String: JSONValue?] = [:]) -> JSONValue {
        let base: [String: JSONValue?] = [
            "student_email": "s@example.com", "timestamp": "2026-01-05T03:00:00.000Z",
            "original_text": "I'd like two cups of tea, please.",
            "transcribed_text": "I would like 2 cup of tea please now",
            "s3key": "recordings/a.wav", "sentence_id": "cafe-1",
        ]
        return .object(base.merging(fields) { $1 }.compactMapValues { $0 })
    }

    static let key: Item = ["student_email": "s@example.com", "timestamp": "2026-01-05T03:00:00.000Z"]

    @Test("a recording is scored: the row has every attribute of the table")
    func scores() async throws {
        let school = try await School()
        try await school.record("a.wav", speechSeconds: 2, from: 0.5, of: 3)
        try await school.enqueue("j", .pronunciationScore, Self.payload())
        try await school.work()
        let row = try #require(try await school.bench.row(.pronunciationResults, Self.key))
        let attributes = [
            "audio_duration_ms", "completeness_score", "extra_words", "feedback", "grade", "missed_words",
            "original_text", "overall_score", "sentence_id", "transcribed_text", "word_accuracy", "ttl",
        ]
        for name in attributes { #expect(row[name] != nil, "\(name)") }
        #expect(row["audio_duration_ms"] == 3000)
        #expect(row["extra_words"] == ["now"])
        #expect(row["sentence_id"] == "cafe-1")
        #expect(row["transcribed_text"] == "I would like 2 cup of tea please now")
        #expect(abs((row["response_latency_ms"]?.double ?? 0) - 500) < 100)
        let overall = try #require(row["overall_score"]?.double)
        #expect(overall > 50 && overall < 100)
        #expect(try await school.bench.status(of: "j")["result"]?.map?["grade"] == row["grade"])
        let feedback = try #require(row["feedback"]?.string)
        #expect(feedback.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) })
    }

    @Test("a turn is measured: the conversation counts it, its status has the figures")
    func turn() async throws {
        let school = try await School()
        try await school.record("a.wav", speechSeconds: 2, from: 1, of: 4)
        try await school.turn("a.wav", 0)
        try await school.turn("a.wav", 1)
        try await school.work()
        let conversation = try await school.items(.aiConversations)
        #expect(conversation.map { $0["turn_count"] } == [2])
        #expect(conversation.map { $0["conversation_id"] } == ["c"])
        let result = try #require(try await school.bench.status(of: "turn-0")["result"]?.map)
        #expect(result["audio_duration_ms"] == 4000)
        #expect(abs((result["response_latency_ms"]?.double ?? 0) - 1000) < 100)
        #expect(result["pace_ratio"] == nil)
    }

    @Test("without a transcript the job says what is missing")
    func noTranscript() async throws {
        let school = try await School()
        try await school.record("a.wav", speechSeconds: 2, from: 0.5, of: 3)
        try await school.enqueue("j", .pronunciationScore, Self.payload(["transcribed_text": .none]))
        try await school.work()
        let error = try await school.bench.status(of: "j")["error"]?.string ?? ""
        #expect(error.contains("transcribed_text"))
        #expect(try await school.bench.row(.pronunciationResults, Self.key) == nil)
    }

    enum Bad: String, CaseIterable {
        case missing, empty, text, truncatedHeader, silence, tooShort, clipped, notANumber, noFrames, cutOffM4A
    }

    static func bytes(_ bad: Bad) throws -> [UInt8]? {
        let rate = 16_000
        let wav = { (samples: [Float]) in
            try AudioEncoder.encode(Waveform(samples: samples, sampleRateInHz: rate), as: .wav)
        }
        return switch bad {
        case .missing: nil
        case .empty: []
        case .text: Array("This is not audio, whatever its name says.".utf8)
        case .truncatedHeader: Array(try wav([Float](repeating: 0.1, count: rate)).prefix(20))
        case .silence: try wav([Float](repeating: 0, count: 2 * rate))
        case .tooShort: try wav((0..<rate / 20).map { 0.3 * sin(Float($0) * 0.3) })
        case .clipped: try wav((0..<2 * rate).map { $0 / 20 % 2 == 0 ? 1 : -1 })
        case .notANumber: floatWave([Float](repeating: .nan, count: rate))
        case .noFrames: floatWave([])
        case .cutOffM4A: Array("\0\0\0\u{10}ftypM4A \0\0\0\0\0\0\u{10}\0mdat".utf8) + [1, 2, 3]
        }
    }

    /// A WAV file of 32-bit floats, which our own encoder does not write.
    static func floatWave(_ samples: [Float]) -> [UInt8] {
        let word = { (value: Int) in withUnsafeBytes(of: UInt32(value).littleEndian, Array.init) }
        let half = { (value: Int) in withUnsafeBytes(of: UInt16(value).littleEndian, Array.init) }
        let data = samples.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
        let format = word(16) + half(3) + half(1) + word(16_000) + word(64_000) + half(4) + half(32)
        let body = Array("WAVEfmt ".utf8) + format + Array("data".utf8) + word(data.count) + data
        return Array("RIFF".utf8) + word(body.count) + body
    }

    @Test("a recording that cannot be judged fails at once with one clear sentence a row", arguments: Bad.allCases)
    func refuses(_ bad: Bad) async throws {
        let school = try await School()
        if let bytes = try Self.bytes(bad) { try await school.store(bytes, as: "a.wav") }
        try await school.enqueue("score", .pronunciationScore, Self.payload())
        try await school.turn("a.wav", 0)
        try await school.work()
        for id in ["score", "turn-0"] {
            let status = try await school.bench.status(of: id)
            #expect(status["status"] == "FAILED")
            let reason = try #require(status["error"]?.string)
            #expect(reason.count > 10 && reason.count < 300, "\(reason)")
        }
        #expect(try await school.bench.statistics(of: JobQueue.scoring.name).total == 0)
        #expect(try await school.bench.statistics(of: JobQueue.scoring.deadLetterName).total == 0)
        #expect(try await school.items(.dailyStatistics).isEmpty)
        #expect(try await school.items(.aiConversations).isEmpty)
    }

    @Test(
        "a sentence that cannot be compared fails with the reason",
        arguments: [
            ("original_text", "", "no word"), ("original_text", "…😀!", "no word"),
            ("original_text", String(repeating: "word ", count: 2000), "10000 characters"),
            ("transcribed_text", String(repeating: "word ", count: 2000), "10000 characters"),
            ("original_text", "日本語です", "cannot read"),
        ])
    func badText(_ field: String, _ text: String, _ words: String) async throws {
        let school = try await School()
        try await school.record("a.wav", speechSeconds: 2, from: 0.5, of: 3)
        try await school.enqueue("j", .pronunciationScore, Self.payload([field: .string(text)]))
        try await school.work()
        let error = try await school.bench.status(of: "j")["error"]?.string ?? ""
        #expect(error.contains(words), "\(error)")
        #expect(try await school.bench.row(.pronunciationResults, Self.key) == nil)
    }

    @Test("bad jobs cost nobody else anything")
    func goesOn() async throws {
        let school = try await School()
        try await school.record("a.wav", speechSeconds: 2, from: 0.5, of: 3)
        try await school.enqueue("bad-0", .pronunciationScore, Self.payload(["s3key": "recordings/none.wav"]))
        try await school.bench.send("nonsense", to: .scoring)
        try await school.enqueue(
            "good", .pronunciationScore, Self.payload(["timestamp": "2026-01-05T03:01:00.000Z"]))
        try await school.work()
        #expect(try await school.bench.status(of: "good")["status"] == "COMPLETED")
        #expect(try await school.day("2026-01-05")?["practice_count"] == 1)
    }
}
