import Acoustics
import Documents
import EmbeddedBackend
import Foundation
import JSON
import Objects
import Queueing
import SpeakModel
import Testing
import Workers

@Suite struct SynthesisHandlerTests {
    static func sentence(_ fields: [String: JSONValue]) -> JSONValue {
        let base: [String: JSONValue] = ["sessionId": "s", "sentenceIndex": 0, "english": "Where is the station?"]
        return .object(base.merging(fields) { $1 })
    }

    @Test("a sentence is spoken: both rows say so, and the audio plays", arguments: AudioFormat.allCases)
    func speaks(_ format: AudioFormat) async throws {
        let school = try await School()
        try await school.enqueue("j", .sentenceSynthesize, Self.sentence(["format": .string(format.rawValue)]))
        let key: Item = ["sessionId": "s", "sentenceIndex": 0]
        #expect(try await school.bench.row(.sentenceAudio, key)?["status"] == "PENDING")
        try await school.work()

        let row = try #require(try await school.bench.row(.sentenceAudio, key))
        #expect(row["status"] == "COMPLETED")
        #expect(row["english"] == "Where is the station?")
        #expect(row["jobId"] == "j")
        #expect(row["voiceId"] == "Joanna")
        #expect(row["requestAt"] == .string(school.bench.clock.now().iso8601))
        let status = try await school.bench.status(of: "j")
        #expect(status["audio_url"]?.string == "http://127.0.0.1:4566/speaktracker-audio/\(row["s3key"]?.string ?? "")")

        let audio = try await school.bench.folder.objects.get(
            try #require(row["s3key"]?.string), in: Provisioning.bucket)
        #expect(audio.info.contentType == format.contentType)
        let duration = try AudioDecoder.decode(audio.body).durationInMilliseconds
        #expect(abs(duration - (row["durationMs"]?.int ?? 0)) < 120)
        let marks = try await school.bench.folder.objects.get(
            try #require(row["marks_s3key"]?.string), in: Provisioning.bucket)
        #expect(String(decoding: marks.body, as: UTF8.self).contains(#""value":"station""#))
    }

    @Test("the same request is spoken once")
    func cached() async throws {
        let school = try await School()
        try await school.enqueue("j-0", .sentenceSynthesize, Self.sentence([:]))
        try await school.work()
        let first = try await school.bench.folder.objects.list(
            prefix: "tts/", after: nil, limit: 10, in: Provisioning.bucket)
        school.bench.clock.advance(by: .seconds(60))
        try await school.enqueue("j-1", .sentenceSynthesize, Self.sentence(["sentenceIndex": 1]))
        try await school.work()
        let second = try await school.bench.folder.objects.list(
            prefix: "tts/", after: nil, limit: 10, in: Provisioning.bucket)
        #expect(first == second)
        #expect(first.count == 2)
        let keys = try await school.items(.sentenceAudio).map { $0["s3key"] }
        #expect(keys.count == 2 && Set(keys).count == 1)
    }

    @Test("audio that might be swept before the row that names it is put anew")
    func reusedInTime() async throws {
        let school = try await School()
        let objects = school.bench.folder.objects
        func putAt() async throws -> Set<Timestamp> {
            let found = try await objects.list(prefix: "tts/", after: nil, limit: 10, in: Provisioning.bucket)
            return Set(found.map(\.modifiedAt))
        }
        try await school.enqueue("j-0", .sentenceSynthesize, Self.sentence([:]))
        try await school.work()
        let first = try await putAt()
        for (id, days, isPutAnew) in [("j-1", 5, false), ("j-2", 1, true)] {
            school.bench.clock.advance(by: .days(days))
            try await school.enqueue(id, .sentenceSynthesize, Self.sentence([:]))
            try await school.work()
            #expect(try await putAt() == (isPutAnew ? [school.bench.clock.now()] : first))
        }
    }

    @Test("Korean is spoken where it is asked for")
    func korean() async throws {
        let school = try await School()
        try await school.enqueue(
            "j", .sentenceSynthesize, Self.sentence(["korean": "나는 내일 가요.", "language": "ko"]))
        try await school.work()
        let row = try await school.bench.row(.sentenceAudio, ["sessionId": "s", "sentenceIndex": 0])
        #expect(row?["status"] == "COMPLETED")
        #expect(row?["voiceId"] == "Seoyeon")
    }

    @Test(
        "what cannot be spoken fails at once, with a sentence in both rows",
        arguments: [
            (["english": ""], "no word"),
            (["english": "😀 … !!"], "no word"),
            (["english": .string(String(repeating: "word ", count: 2000))], "3000"),
            (["english": "안녕하세요"], "English"),
            (["korean": "Hello there", "language": "ko"], "Korean"),
            (["language": "ko"], "korean"),
            (["voiceId": "Nobody"], "Nobody"),
            (["english": "<speak>never closed", "text_type": "ssml"], "SSML"),
        ] as [([String: JSONValue], String)])
    func refuses(_ fields: [String: JSONValue], _ word: String) async throws {
        let school = try await School()
        try await school.enqueue("j", .sentenceSynthesize, Self.sentence(fields))
        try await school.work()
        let status = try await school.bench.status(of: "j")
        #expect(status["status"] == "FAILED")
        let reason = try #require(status["error"]?.string)
        #expect(reason.localizedCaseInsensitiveContains(word), "\(reason)")
        #expect(reason.hasSuffix(".") && !reason.contains("\n"), "\(reason)")
        let row = try await school.bench.row(.sentenceAudio, ["sessionId": "s", "sentenceIndex": 0])
        #expect(row?["status"] == "FAILED")
        #expect(row?["error"] == status["error"])
        #expect(try await school.bench.statistics(of: JobQueue.synthesis.name).total == 0)
        #expect(try await school.bench.statistics(of: JobQueue.synthesis.deadLetterName).total == 0)
    }

    @Test("feedback is spoken: the message has its audio, and the student a notification")
    func feedback() async throws {
        let school = try await School()
        let key: Item = ["composite_key": "t@example.com#s@example.com", "timestamp": "2026-01-05T02:00:00.000Z"]
        try await school.bench.folder.documents.write(
            DocumentWrite(
                table: Table.feedbackMessages.name,
                .put(key.merging(["feedback_id": "f-1", "message_type": "text", "ttl": 7]) { $1 })))
        try await school.enqueue(
            "j", .feedbackSynthesize,
            [
                "composite_key": "t@example.com#s@example.com", "timestamp": "2026-01-05T02:00:00.000Z",
                "message": "발음이 좋아졌어요.",
            ])
        try await school.work()
        let row = try #require(try await school.bench.row(.feedbackMessages, key))
        #expect(row["feedback_id"] == "f-1")
        #expect(row["message_type"] == "audio")
        #expect(row["student_email"] == "s@example.com")
        #expect(row["ttl"] == 7)
        #expect(row["audio_url"] == (try await school.bench.status(of: "j"))["audio_url"])

        let unread = try await school.bench.folder.documents.query(
            DocumentQuery(
                table: Table.notifications.name, index: "user_email-is_read-created_at-index",
                key: KeyCondition(
                    "user_email", "s@example.com", sort: .init("is_read_created_at", .beginsWith("false#")))))
        #expect(try unread.items.map { $0["type"] } == ["feedback"])
    }

    @Test("feedback for nobody fails", arguments: ["t@example.com", "#", "a#b", "a@b#c@d#e@f"])
    func feedbackForNobody(_ compositeKey: String) async throws {
        let school = try await School()
        try await school.enqueue(
            "j", .feedbackSynthesize,
            ["composite_key": .string(compositeKey), "timestamp": "2026-01-05T02:00:00.000Z", "message": "Hi."])
        try await school.work()
        let error = try await school.bench.status(of: "j")["error"]
        #expect(error == "composite_key must be {tutor_email}#{student_email}.")
    }
}
