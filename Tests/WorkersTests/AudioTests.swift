import Documents
import EmbeddedBackend
import Foundation
import JSON
import Logging
import Objects
import SpeakModel
import TestSupport
import Testing
import Workers

@Suite("audio goes when its row goes") struct AudioTests {
    private func sweeper(_ bench: Bench) -> AudioSweeper {
        AudioSweeper(
            documents: bench.folder.documents, objects: bench.folder.objects, logger: Logger(label: "test"),
            now: bench.clock.now)
    }

    private func keys(_ bench: Bench) async throws -> [String] {
        try await bench.folder.objects.list(prefix: "", after: nil, limit: 100, in: Provisioning.bucket).map(\.key)
    }

    @Test("a sentence's audio and marks live as long as its rows, and not longer")
    func sentence() async throws {
        let school = try await School()
        let bench = school.bench
        try await school.enqueue("j", .sentenceSynthesize, SynthesisHandlerTests.sentence([:]))
        try await school.work()
        try await school.store([1], as: "mine.wav")
        let spoken = try await keys(bench)
        #expect(spoken.count == 3)
        bench.clock.advance(by: .days(7))
        #expect(try await sweeper(bench).sweep() == 0)
        #expect(try await keys(bench) == spoken)
        bench.clock.advance(by: .seconds(1))
        #expect(try await sweeper(bench).sweep() == 2)
        #expect(try await keys(bench) == ["recordings/mine.wav"])
    }

    @Test("an object that a living row names is never swept, whichever attribute names it")
    func named() async throws {
        let bench = try await Bench()
        let rows: [(Table, Item)] = [
            (
                .sentenceAudio,
                ["sessionId": "s", "sentenceIndex": 0, "s3key": "tts/a.mp3", "marks_s3key": "tts/a.json"]
            ),
            (.asyncJobStatus, ["job_id": "j", "result": .map(["s3key": "tts/b.mp3"])]),
            (.asyncJobStatus, ["job_id": "k", "audio_url": "https://audio.example/tts/c.mp3?X-Amz-Signature=0"]),
            (
                .feedbackMessages,
                ["composite_key": "t#s", "timestamp": "0", "audio_url": "http://127.0.0.1/bucket/tts/d.mp3"]
            ),
        ]
        let named = ["tts/a.json", "tts/a.mp3", "tts/b.mp3", "tts/c.mp3", "tts/d.mp3"]
        for key in named + ["tts/unnamed.mp3"] {
            try await bench.folder.objects.put([1], at: key, in: Provisioning.bucket, contentType: "audio/mpeg")
        }
        bench.clock.advance(by: .days(10))
        let end = Int(bench.clock.now().epochSeconds) + 60
        for (table, row) in rows {
            try await bench.folder.documents.write(
                DocumentWrite(table: table.name, .put(row.merging(["ttl": .number(end)]) { $1 })))
        }
        #expect(try await sweeper(bench).sweep() == 1)
        #expect(try await keys(bench) == named)
        bench.clock.advance(by: .seconds(60))
        #expect(try await sweeper(bench).sweep() == 5)
        #expect(try await keys(bench) == [])
    }

    @Test("audio that may be swept soon is spoken again rather than named")
    func spokenAgain() async throws {
        let school = try await School()
        for (index, days) in [5, 2].enumerated() {
            try await school.enqueue(
                "j\(index)", .sentenceSynthesize, SynthesisHandlerTests.sentence(["sentenceIndex": .number("\(index)")])
            )
            try await school.work()
            school.bench.clock.advance(by: .days(days))
        }
        // Named at its second use, so it is seven days old now and its second row five less.
        #expect(try await sweeper(school.bench).sweep() == 0)
        school.bench.clock.advance(by: .days(1))
        #expect(try await sweeper(school.bench).sweep() == 0)
        try await school.enqueue("j2", .sentenceSynthesize, SynthesisHandlerTests.sentence(["sentenceIndex": 2]))
        try await school.work()
        let audio = try await school.bench.folder.objects.list(
            prefix: "tts/", after: nil, limit: 10, in: Provisioning.bucket)
        #expect(audio.count == 2 && audio.allSatisfy { $0.modifiedAt == school.bench.clock.now() })
    }

    @Test("what was put anew between the look and the deletion stays")
    func unchanged() async throws {
        let bench = try await Bench()
        let objects = bench.folder.objects
        let old = try await objects.put([1], at: "tts/a", in: Provisioning.bucket, contentType: "a/b")
        bench.clock.advance(by: .seconds(1))
        try await objects.put([1], at: "tts/a", in: Provisioning.bucket, contentType: "a/b")
        #expect(try await objects.delete(unchanged: [old.summary], in: Provisioning.bucket) == 0)
        #expect(try await keys(bench) == ["tts/a"])
    }
}

@Suite("where audio plays") struct AudioLinksTests {
    private let moment = Timestamp(milliseconds: 1_767_225_600_123)

    private func url(_ environment: [String: String]) throws -> String {
        try AudioLinks(environment: environment).url(ofObjectAt: "tts/a b.mp3", at: moment)
    }

    @Test("without keys it is the address of the bucket on this machine, or on the endpoint")
    func open() throws {
        #expect(try url([:]) == "http://127.0.0.1:4566/speaktracker-audio/tts/a%20b.mp3")
        #expect(
            try url(["AWS_ENDPOINT_URL": "http://school:9000"]) == "http://school:9000/speaktracker-audio/tts/a%20b.mp3"
        )
        #expect(
            try url(["SPEAKTRACKER_AUDIO_BASE_URL": "https://audio.school.example/", "AWS_ACCESS_KEY_ID": "a"])
                == "https://audio.school.example/tts/a%20b.mp3")
    }

    @Test("with keys it is signed for seven days, at AWS and at an endpoint")
    func presigned() throws {
        let keys = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "ap-northeast-2"]
        let atAWS = try url(keys)
        #expect(atAWS.hasPrefix("https://speaktracker-audio.s3.ap-northeast-2.amazonaws.com/tts/a%20b.mp3?"))
        #expect(atAWS.contains("X-Amz-Expires=604800") && atAWS.contains("X-Amz-Date=20260101T000000Z"))
        #expect(atAWS.contains("X-Amz-Credential=AKID%2F20260101%2Fap-northeast-2%2Fs3%2Faws4_request"))
        let here = try url(
            keys.merging(["AWS_ENDPOINT_URL": "http://127.0.0.1:4566", "AWS_SESSION_TOKEN": "t+"]) { $1 })
        #expect(here.hasPrefix("http://127.0.0.1:4566/speaktracker-audio/tts/a%20b.mp3?"))
        #expect(here.contains("X-Amz-Security-Token=t%2B"))
    }

    @Test("what is no address is told")
    func wrong() {
        #expect(throws: AudioLinksError.self) { try url(["SPEAKTRACKER_AUDIO_BASE_URL": "audio.school.example"]) }
        #expect(throws: AudioLinksError.self) {
            try url(["AWS_ENDPOINT_URL": "x", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"])
        }
    }

    @Test(
        "a bucket that cannot look at rows keeps audio as long as they live",
        arguments: [Table.sentenceAudio, .asyncJobStatus, .feedbackMessages])
    func bucketRule(table: Table) throws {
        // A row may name what was put six days before.
        #expect(try Provisioning.speechLifetime >= #require(table.lifetime) + .days(6))
    }
}
