import Acoustics
import Foundation
import TestSupport
import Testing

@testable import Pronunciation

@Suite(.enabled(if: Installed.hasFlite)) struct ScorerTests {
    private static let sentence = "Could you tell me the way to the station?"

    private func assess(_ waveform: Waveform, _ text: String = sentence) async throws -> Assessment {
        try await Installed.scorer.get().assess(waveform, reading: text)
    }

    @Test("a clear reading scores well, with every word where it was said")
    func clear() async throws {
        let waveform = try Installed.flite(Self.sentence)
        let result = try await assess(waveform)
        #expect(result.scores.overall > 75 && result.scores.completeness == 100)
        #expect(result.words.map(\.text) == ["Could", "you", "tell", "me", "the", "way", "to", "the", "station"])
        #expect(result.missedWords.isEmpty && result.extraWords.isEmpty)
        var time = 0
        for word in result.words {
            #expect(word.spanInMilliseconds.lowerBound >= time && !word.spanInMilliseconds.isEmpty)
            time = word.spanInMilliseconds.upperBound
            #expect(word.phones.first?.spanInMilliseconds.lowerBound == word.spanInMilliseconds.lowerBound)
            #expect(word.phones.last?.spanInMilliseconds.upperBound == time)
        }
        #expect(time <= waveform.durationInMilliseconds)
        #expect(result.scorer == (try Installed.scorer.get().weights.name))
    }

    @Test("the same recording gets the same assessment, each time")
    func repeatable() async throws {
        let waveform = try Installed.flite(Self.sentence, voice: "rms")
        let first = try await assess(waveform)
        for _ in 0..<3 { #expect(try await assess(waveform) == first) }
    }

    @Test("a wrong word scores below the same word said right")
    func wrongWord() async throws {
        let right = try await assess(
            try Installed.flite("The children are playing soccer in the park"),
            "The children are playing soccer in the park")
        let wrong = try await assess(
            try Installed.flite("The children are playing purple in the park"),
            "The children are playing soccer in the park")
        #expect(wrong.words[4].accuracyScore < right.words[4].accuracyScore - 10)
        #expect(wrong.scores.accuracy < right.scores.accuracy)
    }

    @Test(
        "louder, softer, with silence around it or at another rate: about the same score",
        arguments: [
            "softer", "louder", "padded", "96 kHz", "telephone",
        ])
    func conditions(_ condition: String) async throws {
        let waveform = try Installed.flite(Self.sentence)
        let plain = try await assess(waveform)
        let changed =
            switch condition {
            case "softer": Waveform(samples: waveform.samples.map { $0 * 0.1 }, sampleRateInHz: waveform.sampleRateInHz)
            case "louder": Waveform(samples: waveform.samples.map { $0 * 1.3 }, sampleRateInHz: waveform.sampleRateInHz)
            case "padded":
                Waveform(
                    samples: Self.hiss(count: 16_000) + waveform.samples + Self.hiss(count: 16_000),
                    sampleRateInHz: waveform.sampleRateInHz)
            case "96 kHz": try Resampler.resample(waveform, toHz: 96_000)
            default: try Resampler.resample(waveform, toHz: 8_000)
            }
        let result = try await assess(changed)
        // The band above 4 kHz is gone from a telephone's sound, and the sibilants with it.
        let tolerance = condition == "telephone" ? 40.0 : 8
        #expect(abs(result.scores.overall - plain.scores.overall) < tolerance, "\(result.scores)")
        #expect(result.missedWords.isEmpty)
    }

    private static func hiss(count: Int) -> [Float] {
        var generator = SeededGenerator(seed: 4)
        return (0..<count).map { _ in Float.random(in: -0.0005...0.0005, using: &generator) }
    }

    @Test(
        "another sentence, noise, a tone and silence are refused as another sentence",
        arguments: [
            "sentence", "noise", "tone", "silence", "chord",
        ])
    func refused(_ sound: String) async throws {
        let count = 48_000
        var generator = SeededGenerator(seed: 5)
        func wave(_ frequencies: [Double]) -> [Float] {
            (0..<count).map { index in
                frequencies.reduce(0) { $0 + 0.2 * sin(2 * .pi * Float($1) * Float(index) / 16_000) }
            }
        }
        let waveform =
            switch sound {
            case "sentence": try Installed.flite("My grandmother makes the best chicken soup in the world")
            case "noise":
                Waveform(
                    samples: (0..<count).map { _ in Float.random(in: -0.3...0.3, using: &generator) },
                    sampleRateInHz: 16_000)
            case "tone": Waveform(samples: wave([440]), sampleRateInHz: 16_000)
            case "chord": Waveform(samples: wave([262, 330, 392, 523]), sampleRateInHz: 16_000)
            default: Waveform(samples: [Float](repeating: 0, count: count), sampleRateInHz: 16_000)
            }
        await #expect(throws: PronunciationError.anotherSentence) { try await assess(waveform) }
    }

    @Test("a recording shorter than the sentence's sounds says so")
    func tooShort() async throws {
        let blip = Waveform(samples: [Float](repeating: 0.1, count: 800), sampleRateInHz: 16_000)
        await #expect(throws: PronunciationError.tooShortForSentence) { try await assess(blip) }
        await #expect(throws: PronunciationError.noWords) { try await assess(blip, "…!") }
        await #expect(throws: PronunciationError.notEnglish) { try await assess(blip, "안녕하세요") }
        await #expect(throws: PronunciationError.tooManyWords(count: 601, limit: 600)) {
            try await assess(blip, String(repeating: "word ", count: 601))
        }
    }

    @Test("a text of 500 words over two minutes is scored like any other")
    func long() async throws {
        let text = String(repeating: "The weather is beautiful this morning and we are going to the park. ", count: 38)
        let result = try await assess(try Installed.flite(text), text)
        #expect(result.words.count == 494)
        #expect(result.scores.completeness > 95)
        #expect(result.words.allSatisfy { $0.accuracyScore.isFinite && (0...100).contains($0.accuracyScore) })
    }

    @Test("weights of another shape or for other figures are refused with a sentence")
    func weights() throws {
        for text in ["", "{}", "[1]", #"{"name":"x","attribution":"y","width":8,"hidden":8,"networks":[]}"#] {
            #expect(throws: ScoringWeightsError.self) { try ScoringWeights(Array(text.utf8)) }
        }
        #expect(try ScoringWeights.builtIn().attribution.contains("speechocean762"))
    }

    @Test(
        "syllables are counted in the sound of free speech",
        arguments: [
            ("I have been learning English for three years", 11), ("Hello", 2),
            ("What would you recommend to a visitor", 11),
        ])
    func syllables(_ text: String, _ count: Int) throws {
        let found = try Installed.scorer.get().analyser.syllables(in: try Installed.flite(text))
        #expect(abs(found - count) <= max(1, count / 4), "\(found)")
    }
}
