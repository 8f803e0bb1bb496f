import Archives
import Documents
import EmbeddedBackend
import Foundation
import JSON
import Objects
import SpeakModel
import Testing
import Workers

@Suite struct ArchiveRescoringTests {
    static let key: Item = ["student_email": "s@example.com", "timestamp": "2026-01-05T03:00:00.000Z"]

    /// A school with two scored recordings of one student's day, and a manifest of them and of a line that is none.
    static func school() async throws -> School {
        let school = try await School()
        for (name, hour) in [("a", "03"), ("b", "04")] {
            try await school.record(
                "\(name).wav", saying: RecordingHandlerTests.spoken, speechSeconds: 2.2, from: 0.5, of: 3.2)
            try await school.enqueue(
                name, .pronunciationScore,
                RecordingHandlerTests.payload([
                    "timestamp": .string("2026-01-05T\(hour):00:00.000Z"), "s3key": .string("recordings/\(name).wav"),
                    "transcribed_text": .none, "session_timestamp": "2026-01-05T02:00:00.000Z",
                ]))
        }
        try await school.work()
        let lines = try await school.items(.pronunciationResults).map { row -> JSONValue in
            [
                "id": .string(row["timestamp"]?.string ?? ""), "s3key": .string(row["s3key"]?.string ?? ""),
                "text": .string(row["original_text"]?.string ?? ""), "student_email": "s@example.com",
                "timestamp": .string(row["timestamp"]?.string ?? ""),
            ]
        }
        let manifest = lines.map(\.text) + [#"{"id":"gone","s3key":"recordings/gone.wav","text":"Hello"}"#, "{"]
        try await school.bench.folder.objects.put(
            Array(manifest.joined(separator: "\n").utf8), at: "archives/m.jsonl", in: Provisioning.bucket,
            contentType: "application/jsonl")
        return school
    }

    static func rescore(_ school: School, _ id: String, first: Int = 0, count: Int, update: Bool = false) async throws {
        try await school.enqueue(
            id, .archiveRescore,
            [
                "manifest_s3key": "archives/m.jsonl", "first": .number(first), "count": .number(count),
                "output_s3key": "archives/\(id).jsonl".json, "update": .bool(update),
            ])
        try await school.work()
    }

    static func lines(_ school: School, _ id: String) async throws -> [JSONValue] {
        let bytes = try await school.bench.folder.objects.get("archives/\(id).jsonl", in: Provisioning.bucket).body
        return try bytes.split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: Array($0)) }
    }

    /// Makes rows as if an older scorer had found a second more of speech, and books it where that would have.
    static func age(_ school: School) async throws {
        for row in try await school.items(.pronunciationResults) {
            let older = row.merging([
                "scorer": "gop-0", "note": "kept",
                "speaking_duration_ms": .number((row["speaking_duration_ms"]?.int ?? 0) + 1000),
            ]) { $1 }
            let documents = school.bench.folder.documents
            try await documents.write(DocumentWrite(table: Table.pronunciationResults.name, .put(older)))
            try await add(1000, "total_speaking_time", .dailyStatistics, ["date": "2026-01-05"], documents)
            try await add(
                1000, "speaking_duration", .learningSessions, ["timestamp": "2026-01-05T02:00:00.000Z"], documents)
        }
    }

    private static func add(
        _ number: Int, _ name: String, _ table: Table, _ sort: Item, _ documents: any DocumentStore
    ) async throws {
        let key = sort.merging(["student_email": "s@example.com"]) { $1 }
        let update = UpdateExpression(add: [.init(DocumentPath(name), .number(number))])
        try await documents.write(DocumentWrite(table: table.name, .update(key: key, update)))
    }

    /// What a scorer and the clock do not decide.
    static func state(_ school: School) async throws -> [Item] {
        var rows: [Item] = []
        for table in [Table.pronunciationResults, .dailyStatistics, .learningSessions] {
            rows += try await school.items(table)
        }
        return rows.map { $0.filter { !["ttl", "version", "rescored_at", "note"].contains($0.key) } }
    }

    @Test("a chunk's results are one object, with a line for every line of the manifest")
    func chunk() async throws {
        let school = try await Self.school()
        try await Self.rescore(school, "all", count: 100)
        let lines = try await Self.lines(school, "all")
        #expect(lines.count == 4)
        #expect(lines[0]["overall_score"] != nil && lines[0]["speaker"] == "s@example.com")
        #expect(lines[2]["error"]?.string?.contains("recordings/gone.wav") == true)
        #expect(lines[3]["id"] == "line 4")
        let result = try #require(try await school.bench.status(of: "all")["result"]?.map)
        #expect(result["scored"] == 2 && result["failed"] == 2)
        try await Self.rescore(school, "second", first: 1, count: 1)
        #expect(try await Self.lines(school, "second") == [lines[1]])
    }

    @Test("a chunk behind the manifest's end, or without a manifest, fails with a sentence")
    func beyond() async throws {
        let school = try await Self.school()
        try await Self.rescore(school, "late", first: 4, count: 1)
        #expect(try await school.bench.status(of: "late")["error"]?.string?.contains("line 4") == true)
        try await school.bench.folder.objects.delete("archives/m.jsonl", in: Provisioning.bucket)
        try await Self.rescore(school, "none", count: 1)
        #expect(try await school.bench.status(of: "none")["status"] == "FAILED")
    }

    @Test("rows that an older scorer wrote become what today's writes, with their day and session, once")
    func update() async throws {
        let school = try await Self.school()
        let wanted = try await Self.state(school)
        try await Self.age(school)
        #expect(try await Self.state(school) != wanted)
        try await Self.rescore(school, "u", count: 4, update: true)
        #expect(try await Self.state(school) == wanted)
        #expect(try await school.items(.pronunciationResults).allSatisfy { $0["note"] == "kept" })
        try await Self.rescore(school, "again", count: 4, update: true)
        #expect(try await Self.state(school) == wanted)
    }

    @Test("without update rows stay as they are")
    func noUpdate() async throws {
        let school = try await Self.school()
        try await Self.age(school)
        let before = try await Self.state(school)
        try await Self.rescore(school, "n", count: 4)
        #expect(try await Self.state(school) == before)
    }

    @Test("a row that another job writes meanwhile, or that goes, is left alone")
    func overtaken() async throws {
        let school = try await Self.school()
        try await Self.age(school)
        let documents = school.bench.folder.documents
        let seoul = try #require(TimeZone(identifier: "Asia/Seoul"))
        let ledger = RescoringLedger(timeZone: seoul, now: school.bench.clock.now)
        let old = try #require(try await school.bench.row(.pronunciationResults, Self.key))
        let rescored = Self.rescored(old)
        let newer = old.merging(["job_id": "later"]) { $1 }
        try await documents.write(DocumentWrite(table: Table.pronunciationResults.name, .put(newer)))
        let before = try await Self.state(school)
        #expect(try await ledger.commit([rescored], to: documents) == false)
        #expect(try await Self.state(school) == before)
        try await documents.write(DocumentWrite(table: Table.pronunciationResults.name, .delete(key: Self.key)))
        #expect(try await ledger.commit([rescored], to: documents) == false)
        #expect(try await school.bench.row(.pronunciationResults, Self.key) == nil)
    }

    /// As if another scorer had found five milliseconds of speech in a row's recording.
    static func rescored(_ row: Item) -> RescoredRow {
        let kept: Set = ["student_email", "timestamp", "job_id"]
        return RescoredRow(
            attributes: row.filter { kept.contains($0.key) }.merging(["scorer": "gop-9", "speaking_duration_ms": 5]) {
                $1
            })
    }

    @Test("what others write into a row meanwhile stays, and what the scorer did not find goes")
    func beside() async throws {
        let school = try await Self.school()
        let documents = school.bench.folder.documents
        let seoul = try #require(TimeZone(identifier: "Asia/Seoul"))
        let ledger = RescoringLedger(timeZone: seoul, now: school.bench.clock.now)
        let old = try #require(try await school.bench.row(.pronunciationResults, Self.key))
        let rescored = Self.rescored(old)
        let writes = try await ledger.writes([rescored], from: documents)
        let comment = UpdateExpression.set(["tutor_comment": "Lovely."])
        try await documents.write(
            DocumentWrite(table: Table.pronunciationResults.name, .update(key: Self.key, comment)))
        try await documents.transact(writes)
        let row = try #require(try await school.bench.row(.pronunciationResults, Self.key))
        #expect(row["tutor_comment"] == "Lovely." && row["scorer"] == "gop-9" && row["speaking_duration_ms"] == 5)
        #expect(row["ttl"] == old["ttl"] && row["overall_score"] == old["overall_score"])
        #expect(old["pace_ratio"] != nil && row["pace_ratio"] == nil)
    }

    @Test("two lines of one row are one write")
    func twice() async throws {
        let school = try await Self.school()
        let seoul = try #require(TimeZone(identifier: "Asia/Seoul"))
        let ledger = RescoringLedger(timeZone: seoul, now: school.bench.clock.now)
        let old = try #require(try await school.bench.row(.pronunciationResults, Self.key))
        let rows = [Self.rescored(old), Self.rescored(old)]
        #expect(try await ledger.commit(rows, to: school.bench.folder.documents))
        #expect(try await school.bench.row(.pronunciationResults, Self.key)?["speaking_duration_ms"] == 5)
        #expect(try await school.day("2026-01-05")?["practice_count"] == 2)
    }

    @Test("a row with the school's transcript is judged by it, and its line says what the row says")
    func transcripts() async throws {
        let school = try await School()
        try await school.record(
            "a.wav", saying: RecordingHandlerTests.spoken, speechSeconds: 2.2, from: 0.5, of: 3.2)
        try await school.enqueue(
            "heard", .pronunciationScore,
            RecordingHandlerTests.payload([
                "transcribed_text": "I'd like two caps of please now", "session_timestamp": "2026-01-05T02:00:00.000Z",
            ]))
        try await school.enqueue(
            "korean", .pronunciationScore,
            RecordingHandlerTests.payload([
                "timestamp": "2026-01-05T04:00:00.000Z", "original_text": "나는 학교에 가요",
                "transcribed_text": "나는 학교에 가요", "session_timestamp": "2026-01-05T02:00:00.000Z",
            ]))
        try await school.work()
        let rows = try await school.items(.pronunciationResults)
        let texts = rows.map { $0["original_text"]?.string ?? "" }
        let manifest = zip(rows, texts).map { row, text in
            let when = row["timestamp"]?.string ?? ""
            return #"{"id":"\#(when)","s3key":"recordings/a.wav","text":"\#(text)","student_email":"s@example.com","#
                + #""timestamp":"\#(when)"}"#
        }
        try await school.bench.folder.objects.put(
            Array(manifest.joined(separator: "\n").utf8), at: "archives/m.jsonl", in: Provisioning.bucket,
            contentType: "application/jsonl")
        let wanted = try await Self.state(school)
        try await Self.age(school)
        try await Self.rescore(school, "u", count: 2, update: true)
        #expect(try await Self.state(school) == wanted)
        for (line, row) in zip(try await Self.lines(school, "u"), rows) {
            #expect(line["error"] == nil)
            for name in ["overall_score", "completeness_score"] { #expect(line[name]?.double == row[name]?.double) }
            #expect(line["transcribed_text"]?.string == row["transcribed_text"]?.string)
        }
    }

    @Test("a day that nobody has counted is counted, with the row as it has become")
    func uncounted() async throws {
        let school = try await Self.school()
        let wanted = try await Self.state(school)
        try await Self.age(school)
        let day: Item = ["student_email": "s@example.com", "date": "2026-01-05"]
        try await school.bench.folder.documents.write(
            DocumentWrite(table: Table.dailyStatistics.name, .delete(key: day)))
        try await Self.rescore(school, "u", count: 4, update: true)
        #expect(try await Self.state(school) == wanted)
    }
}

extension String {
    fileprivate var json: JSONValue { .string(self) }
}
