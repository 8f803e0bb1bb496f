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

    /// What is said in two seconds.
    static let spoken = "I would like 2 cups of tea please now. "

    static let key: Item = ["student_email": "s@example.com", "timestamp": "2026-01-05T03:00:00.000Z"]

    @Test("a recording is scored: the row has every attribute of the table")
    func scores() async throws {
        let school = try await School()
        try await school.record("a.wav", saying: Self.spoken, speechSeconds: 2, from: 0.5, of: 3)
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
        #expect((2...9).contains(result["syllables_per_second"]?.double ?? 0))
        #expect(result["pace_ratio"] != nil)
    }

    @Test("without a transcript the sound alone is scored: every word with its time, score and sounds")
    func noTranscript() async throws {
        let school = try await School()
        try await school.record("a.wav", saying: Self.spoken, speechSeconds: 2.2, from: 0.5, of: 3.2)
        try await school.enqueue("j", .pronunciationScore, Self.payload(["transcribed_text": .none]))
        try await school.work()
        let row = try #require(try await school.bench.row(.pronunciationResults, Self.key))
        #expect(row["scorer"]?.string?.isEmpty == false)
        for name in ["overall_score", "accuracy_score", "fluency_score", "prosody_score", "completeness_score"] {
            #expect((0...100).contains(row[name]?.double ?? -1), "\(name)")
        }
        let words = try #require(row["words"]?.list).compactMap(\.map)
        #expect(words.map { $0["text"]?.string } == ["I'd", "like", "two", "cups", "of", "tea", "please"])
        for word in words where word["kind"] == "matched" {
            #expect((word["start_ms"]?.int ?? 0) < (word["end_ms"]?.int ?? 0))
            #expect(word["phones"]?.list?.isEmpty == false)
        }
        #expect(row["transcribed_text"]?.string?.contains("two cups of tea") == true)
        #expect(try await school.day("2026-01-05")?["practice_count"] == 1)
    }

    @Test("with a transcript too, the sound scores the words that the transcript has")
    func both() async throws {
        let school = try await School()
        try await school.record("a.wav", saying: Self.spoken, speechSeconds: 2.2, from: 0.5, of: 3.2)
        try await school.enqueue(
            "j", .pronunciationScore, Self.payload(["transcribed_text": "I'd like two caps of please now"]))
        try await school.work()
        let row = try #require(try await school.bench.row(.pronunciationResults, Self.key))
        #expect(row["missed_words"] == ["tea"] && row["extra_words"] == ["now"])
        let words = try #require(row["words"]?.list).compactMap(\.map)
        let tea = try #require(words.first { $0["text"] == "tea" })
        #expect(tea["kind"] == "missed" && tea["accuracy_score"] == 0)
        let cups = try #require(words.first { $0["text"] == "cups" })
        #expect(cups["spoken"] == "caps" && (cups["accuracy_score"]?.double ?? 100) <= 80)
        #expect(cups["phones"]?.list?.isEmpty == false && cups["start_ms"] != nil)
        #expect((row["completeness_score"]?.double ?? 100) < 90)
        #expect(row["scorer"] != nil && row["fluency_score"] != nil)
    }

    @Test("a Korean sentence is judged by its transcript; without one the job says so")
    func korean() async throws {
        let school = try await School()
        try await school.record("a.wav", saying: Self.spoken, speechSeconds: 2, from: 0.5, of: 3)
        let text: [String: JSONValue] = ["original_text": "나는 학교에 가요", "transcribed_text": "나는 학교에 가요"]
        try await school.enqueue("j", .pronunciationScore, Self.payload(text))
        try await school.enqueue(
            "k", .pronunciationScore,
            Self.payload([
                "original_text": "나는 학교에 가요", "transcribed_text": .none,
                "timestamp": "2026-01-05T03:02:00.000Z",
            ]))
        try await school.work()
        let row = try #require(try await school.bench.row(.pronunciationResults, Self.key))
        #expect(row["overall_score"] == 100 && row["scorer"] == nil)
        #expect(try await school.bench.status(of: "k")["error"]?.string?.contains("Only English") == true)
    }

    @Test("a recording of something else is refused in words a learner understands, and not tried again")
    func anotherSentence() async throws {
        let school = try await School()
        try await school.record("a.wav", speechSeconds: 3, from: 0.5, of: 4)
        try await school.enqueue(
            "j", .pronunciationScore,
            Self.payload(["original_text": "My grandmother makes wonderful chicken soup", "transcribed_text": .none]))
        try await school.work()
        let status = try await school.bench.status(of: "j")
        #expect(status["status"] == "FAILED" && status["attempts"] == 1)
        #expect(status["error"]?.string?.contains("does not sound like the sentence") == true)
        #expect(try await school.bench.statistics(of: JobQueue.scoring.deadLetterName).total == 0)
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
        try await school.record("a.wav", saying: Self.spoken, speechSeconds: 2, from: 0.5, of: 3)
        try await school.enqueue("j", .pronunciationScore, Self.payload([field: .string(text)]))
        try await school.work()
        let error = try await school.bench.status(of: "j")["error"]?.string ?? ""
        #expect(error.contains(words), "\(error)")
        #expect(try await school.bench.row(.pronunciationResults, Self.key) == nil)
    }

    @Test("bad jobs cost nobody else anything")
    func goesOn() async throws {
        let school = try await School()
        try await school.record("a.wav", saying: Self.spoken, speechSeconds: 2, from: 0.5, of: 3)
        try await school.enqueue("bad-0", .pronunciationScore, Self.payload(["s3key": "recordings/none.wav"]))
        try await school.bench.send("nonsense", to: .scoring)
        try await school.enqueue(
            "good", .pronunciationScore, Self.payload(["timestamp": "2026-01-05T03:01:00.000Z"]))
        try await school.work()
        #expect(try await school.bench.status(of: "good")["status"] == "COMPLETED")
        #expect(try await school.day("2026-01-05")?["practice_count"] == 1)
    }
}
