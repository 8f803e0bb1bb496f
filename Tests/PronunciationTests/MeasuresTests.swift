import TestSupport
import Testing

@testable import Pronunciation

@Suite struct MeasuresTests {
    private func quality(
        latency: Double = 800, density: Double = 0.8, pace: Double? = 1, speaking: Double = 6000
    ) -> Double {
        ResponseQuality.score(
            latencyInMilliseconds: latency, netSpeakingDensity: density, paceRatio: pace,
            speakingInMilliseconds: speaking)
    }

    @Test("a prompt, dense, long answer at the model's pace is full, silence is nothing")
    func ends() {
        #expect(quality() == 100)
        #expect(quality(pace: nil) == 100)
        #expect(quality(density: 0) == 0)
        #expect(quality(speaking: 0) == 0)
        #expect(quality(latency: 8000, density: 0.8, pace: 5, speaking: 6000) == 55)
        #expect(quality(latency: 4500, density: 0.35, pace: 0.5, speaking: 2500) == 50)
    }

    @Test("sooner, denser, longer and nearer the model's pace is never worse", arguments: 0..<200)
    func monotone(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let latency = Double.random(in: 0...20_000, using: &generator)
        let density = Double.random(in: 0.01...1, using: &generator)
        let speaking = Double.random(in: 1...30_000, using: &generator)
        let pace = Bool.random(using: &generator) ? Double.random(in: 0...4, using: &generator) : nil
        let more = Double.random(in: 1...3, using: &generator)
        let score = quality(latency: latency, density: density, pace: pace, speaking: speaking)
        #expect((0...100).contains(score))
        #expect(quality(latency: latency / more, density: density, pace: pace, speaking: speaking) >= score)
        #expect(quality(latency: latency, density: min(1, density * more), pace: pace, speaking: speaking) >= score)
        #expect(quality(latency: latency, density: density, pace: pace, speaking: speaking * more) >= score)
        if let pace {
            let nearer = 1 + (pace - 1) / more
            #expect(quality(latency: latency, density: density, pace: nearer, speaking: speaking) >= score)
        }
    }

    @Test("each part can cost something")
    func eachCounts() {
        #expect(quality(latency: 5000) < 100)
        #expect(quality(density: 0.4) < 100)
        #expect(quality(speaking: 2000) < 100)
        #expect(quality(pace: 0.4) < 100)
        #expect(quality(pace: 2) < 100)
    }

    @Test("what is no number counts as the worst and never comes out")
    func hostileNumbers() {
        let hostile: [Double] = [.nan, .infinity, -.infinity, -1, 0, 1e300, -1e300, .leastNonzeroMagnitude]
        for latency in hostile {
            for density in hostile {
                for pace in hostile.map(Optional.some) + [nil] {
                    for speaking in hostile {
                        let score = quality(latency: latency, density: density, pace: pace, speaking: speaking)
                        #expect((0...100).contains(score))
                    }
                }
            }
        }
        #expect(quality(latency: .nan) == quality(latency: 8000))
        #expect(quality(pace: .nan) == quality(pace: 0))
    }

    @Test("above 1 is faster than the model")
    func paceRatio() {
        func ratio(_ model: Double, _ learner: Double) -> Double? {
            PaceRatio.ratio(modelSpeakingInMilliseconds: model, learnerSpeakingInMilliseconds: learner)
        }
        #expect(ratio(3000, 2000) == 1.5)
        let unusable: [(Double, Double)] = [(0, 2000), (2000, 0), (-1, 1), (.nan, 1), (1, .infinity), (1e308, 1e-308)]
        for (model, learner) in unusable { #expect(ratio(model, learner) == nil) }
    }

    @Test("free speech is measured in syllables against the model's rate")
    func estimatedPace() throws {
        for (text, isKorean, syllables) in [("I went home yesterday.", false, 6.0), ("저는 집에 갔어요.", true, 7)] {
            let model = syllables / PaceRatio.modelSyllablesPerSecond(isKorean: isKorean) * 1000
            let ratio = try #require(PaceRatio.ratio(transcript: text, learnerSpeakingInMilliseconds: model / 2))
            #expect(abs(ratio - 2) < 1e-9)
        }
        #expect(PaceRatio.ratio(transcript: "", learnerSpeakingInMilliseconds: 1000) == nil)
        #expect(PaceRatio.ratio(transcript: "?!", learnerSpeakingInMilliseconds: 1000) == nil)
        #expect(PaceRatio.ratio(transcript: "hello", learnerSpeakingInMilliseconds: 0) == nil)
    }
}
