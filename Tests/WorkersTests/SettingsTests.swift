import JSON
import SpeakModel
import Testing
import Workers

@Suite struct SettingsTests {
    private func settings(_ text: String) throws -> WorkerSettings { try WorkerSettings(parsing: Array(text.utf8)) }

    @Test("what is left out is as it is for all")
    func empty() throws {
        let settings = try settings("{}")
        #expect(settings == WorkerSettings())
        #expect(settings[JobKind.pronunciationScore] == KindSettings())
        #expect(settings[JobKind.archiveRescore].timeout == .seconds(3600))
        #expect(settings[JobQueue.scoring] == QueueSettings(concurrency: 4, prefetch: 8, wait: .seconds(20)))
    }

    @Test("kinds and queues are told apart")
    func full() throws {
        let settings = try settings(
            """
            {"kinds": {"sentence.synthesize": {
                "attempts": 3, "backoff_base_seconds": 0.5, "backoff_cap_seconds": 20, "timeout_seconds": 30,
                "deadline_seconds": 3600, "rate_per_second": 2.5, "deaths": 2}},
             "queues": {"speaktracker-scoring": {"concurrency": 8, "prefetch": 0, "wait_seconds": 5}}}
            """)
        #expect(
            settings[JobKind.sentenceSynthesize]
                == KindSettings(
                    attempts: 3, retryPolicy: RetryPolicy(base: .milliseconds(500), cap: .seconds(20)),
                    timeout: .seconds(30), deadline: .seconds(3600), ratePerSecond: 2.5, deaths: 2))
        #expect(settings[JobQueue.scoring] == QueueSettings(concurrency: 8, prefetch: 0, wait: .seconds(5)))
        #expect(settings[JobKind.feedbackSynthesize] == KindSettings())
    }

    @Test(
        "a mistake is named by its path, in one sentence",
        arguments: [
            ("[]", "the document must be an object, not array"),
            ("{", "the document is not JSON"),
            (#"{"kind": {}}"#, "kind is not known; there are kinds, processes, "),
            (#"{"kinds": {"sentence.sing": {}}}"#, "kinds.sentence.sing is not known; there are sentence.synthesize, "),
            (#"{"kinds": {"sentence.synthesize": 3}}"#, "kinds.sentence.synthesize must be an object, not number"),
            (
                #"{"kinds": {"sentence.synthesize": {"attemps": 3}}}"#, "kinds.sentence.synthesize.attemps is not known"
            ),
            (
                #"{"kinds": {"pronunciation.score": {"attempts": 0}}}"#,
                "kinds.pronunciation.score.attempts must be a whole number from 1 to 100"
            ),
            (
                #"{"kinds": {"pronunciation.score": {"attempts": "5"}}}"#,
                "kinds.pronunciation.score.attempts must be a whole number from 1 to 100"
            ),
            (
                #"{"kinds": {"pronunciation.score": {"backoff_base_seconds": 60, "backoff_cap_seconds": 5}}}"#,
                "backoff_cap_seconds must not be less than backoff_base_seconds"
            ),
            (
                #"{"queues": {"speaktracker-scoring": {"concurrency": 1.5}}}"#,
                "queues.speaktracker-scoring.concurrency must be a whole number from 1 to 1000"
            ),
            (#"{"queues": {"scoring": {}}}"#, "queues.scoring is not known; there are speaktracker-synthesis, "),
        ])
    func mistakes(_ text: String, _ sentence: String) throws {
        let error = #expect(throws: SettingsError.self) { try settings(text) }
        let description = try #require(error).description
        #expect(description.contains(sentence), "\(description)")
        #expect(description.hasSuffix(".") && !description.contains("\n"))
    }

    @Test("tags of a queue that make no sense are as if they were not there")
    func controls() {
        #expect(QueueControls([:]) == QueueControls())
        let told = QueueControls(isPaused: true, concurrency: 7)
        #expect(QueueControls(told.tags.compactMapValues { $0 }) == told)
        #expect(
            QueueControls([QueueControls.pausedTag: "yes", QueueControls.concurrencyTag: "-3"]) == QueueControls())
    }
}
