import Testing

@testable import Speech

@Suite struct WordTimelineTests {
    @Test(
        "where espeak-ng reports a word, the phonemes alone find it at the same time",
        arguments: SpokenLanguage.allCases)
    func agreesWithWordEvents(_ language: SpokenLanguage) async throws {
        let corpus = language == .en ? SentenceCorpus.english : SentenceCorpus.korean
        var differences: [Int] = []
        for text in corpus {
            let request = SpeechRequest(text: text, voice: .default(for: language))
            let performance = try await EspeakSynthesizer.shared.perform(SpeechScript(request), for: request)
            differences += Self.differences(performance)
        }
        differences.sort()
        // WORD events come before the pause that some sounds begin with, PHONEME events after it.
        let median = differences[differences.count / 2], percentile90 = differences[differences.count * 9 / 10]
        #expect(median <= 40)
        #expect(percentile90 <= 60)
    }

    @Test("a word has the phonemes of the voice that says it, whoever said it before, and however slowly")
    func phonemesOfVoices() async throws {
        func phonemes(_ voice: String, rate: Double = 1) async throws -> [Phoneme] {
            let text = "Dance in the castle bath, tomato."
            let request = SpeechRequest(text: text, voice: try .named(voice), rate: rate)
            let performance = try await EspeakSynthesizer.shared.perform(SpeechScript(request), for: request)
            return performance.words.flatMap(\.phonemes)
        }
        let slow = try await phonemes("Joanna", rate: 0.25)
        let (american, british) = (try await phonemes("Joanna"), try await phonemes("Amy"))
        #expect(american != british)
        #expect(slow == american)
        #expect(try await phonemes("Matthew") == american)
        #expect(try await phonemes("Brian") == british)
        #expect(try await phonemes("Joanna") == american)
    }

    /// For each word that has a WORD event, how far off the time is that is found without any of them.
    private static func differences(_ performance: EspeakPerformance) -> [Int] {
        let words = performance.words
        let phonemesOnly = performance.events.filter { if case .phoneme = $0.kind { true } else { false } }
        let blind = WordTimeline(words: words, events: phonemesOnly).timesInMilliseconds(duration: .max)
        var reported: [Int: Int] = [:]
        for event in performance.events {
            guard case .word(let position) = event.kind else { continue }
            guard let word = words.firstIndex(where: { $0.rendered.contains(position) }) else { continue }
            reported[word] = min(reported[word] ?? .max, event.timeInMilliseconds)
        }
        return reported.map { abs(blind[$0.key] - $0.value) }
    }
}
