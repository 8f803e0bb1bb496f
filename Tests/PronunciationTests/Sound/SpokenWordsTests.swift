import TestSupport
import Testing

@testable import Pronunciation

/// Words left out, added and replaced, found in the sound of another synthesiser's voices.
@Suite(.enabled(if: Installed.hasFlite)) struct SpokenWordsTests {
    private static let sentences = [
        "The weather is beautiful this morning", "My brother works at a hospital in the city",
        "Could you tell me the way to the station", "I am looking forward to meeting your family",
        "Please turn off the lights before you leave the room", "He forgot his umbrella and came home wet",
        "What time does the next train leave for the airport", "The children are playing soccer in the park",
        "We had dinner at a small restaurant near the river", "I usually drink coffee without any sugar",
        "They are going to travel around Europe next summer", "The bus was late because of the heavy snow",
    ]
    private static let strangers = ["yellow", "mountain", "window", "seven", "garden", "purple"]
    private static let voices = ["slt", "rms", "awb", "kal16"]

    private struct Counts {
        var (right, wrong, overlooked) = (0, 0, 0)
        var f1: Double { 2 * Double(right) / Double(2 * right + wrong + overlooked) }
    }

    /// What a reading is said to lack and to have too much, beside what it does.
    private func check(
        _ spoken: [String], reading words: [String], voice: String, missed: Set<Int>, extra: Int,
        _ counts: inout (missed: Counts, extra: Counts)
    ) async throws {
        let waveform = try Installed.flite(spoken.joined(separator: " "), voice: voice)
        let result = try await Installed.scorer.get().assess(waveform, reading: words.joined(separator: " "))
        let found = Set(result.words.indices.filter { !result.words[$0].isSpoken })
        counts.missed.right += found.intersection(missed).count
        counts.missed.wrong += found.subtracting(missed).count
        counts.missed.overlooked += missed.subtracting(found).count
        counts.extra.right += min(extra, result.extraWords.count)
        counts.extra.wrong += max(0, result.extraWords.count - extra)
        counts.extra.overlooked += max(0, extra - result.extraWords.count)
    }

    @Test("F1 is at least 0.8 for missed words and 0.6 for extra ones")
    func findsWords() async throws {
        var generator = SeededGenerator(seed: 3)
        var counts = (missed: Counts(), extra: Counts())
        for (index, sentence) in Self.sentences.enumerated() {
            let words = sentence.split(separator: " ").map(String.init)
            let voice = Self.voices[index % Self.voices.count]
            let place = Int.random(in: 1..<words.count - 1, using: &generator)
            let stranger = Self.strangers[index % Self.strangers.count]
            try await check(words, reading: words, voice: voice, missed: [], extra: 0, &counts)
            var cut = words
            cut.remove(at: place)
            try await check(cut, reading: words, voice: voice, missed: [place], extra: 0, &counts)
            var longer = words
            longer.insert(stranger, at: place)
            try await check(longer, reading: words, voice: voice, missed: [], extra: 1, &counts)
        }
        #expect(counts.missed.f1 >= 0.8, "\(counts.missed)")
        #expect(counts.extra.f1 >= 0.6, "\(counts.extra)")
    }

    @Test("a transcript decides which words were missed where there is one")
    func transcript() async throws {
        let text = "The weather is beautiful this morning"
        let alignment = WordAlignment.align(reference: text, transcript: "The weather is this morning")
        let result = try await Installed.scorer.get().assess(
            try Installed.flite(text), reading: text, transcript: alignment)
        #expect(result.missedWords == ["beautiful"])
        #expect(result.scores.completeness < 100 && result.extraWords.isEmpty)
    }
}
