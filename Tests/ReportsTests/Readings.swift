import Acoustics
import Foundation
import Pronunciation
import Reports

/// Readings made by hand.
enum Readings {
    /// "she <said> hello", 1.5 s: "said" is missing, and "um" is said after "she".
    static let short = reading(
        "She said hello!",
        words: [
            word("She", 200..<400, [(.sh, 200..<300, 41.256), (.iy, 300..<400, 90)]),
            missed("said", at: 700),
            word(
                "hello", 700..<1200,
                [(.hh, 700..<800, 75), (.ah, 800..<900, 82), (.l, 900..<1000, 95), (.ow, 1000..<1200, 99)]),
        ],
        extra: [ExtraWord(sounds: [.ah, .m], spanInMilliseconds: 450..<650)], durationInMilliseconds: 1500)

    static func reading(
        _ text: String, words: [AssessedWord], extra: [ExtraWord] = [], durationInMilliseconds: Int,
        paceRatio: Double? = 0.925
    ) -> AssessedReading {
        let scores = SentenceScores(overall: 66.666, accuracy: 70, fluency: 80.05, prosody: 0, completeness: 66.67)
        let spoken = SpeechSegment(startInSeconds: 0, endInSeconds: Double(durationInMilliseconds) / 2000)
        return AssessedReading(
            text: text, assessment: Assessment(scores: scores, words: words, extraWords: extra, scorer: "test-1"),
            activity: SpeechActivity(segments: [spoken], recordingInMilliseconds: durationInMilliseconds),
            paceRatio: paceRatio)
    }

    static func word(_ text: String, _ span: Range<Int>, _ phones: [(Phone, Range<Int>, Double)] = []) -> AssessedWord {
        let assessed = phones.map {
            AssessedPhone(phone: $0.0, spanInMilliseconds: $0.1, accuracyScore: $0.2, goodness: ($0.2 - 100) / 20)
        }
        let mean = assessed.reduce(0) { $0 + $1.accuracyScore } / Double(max(1, phones.count))
        return AssessedWord(
            text: text, spanInMilliseconds: span, accuracyScore: mean, isSpoken: true, phones: assessed)
    }

    static func missed(_ text: String, at time: Int) -> AssessedWord {
        AssessedWord(text: text, spanInMilliseconds: time..<time, accuracyScore: 0, isSpoken: false, phones: [])
    }

    /// Words of equal length from 0.1 s on, each with one phone a letter.
    static func sentence(_ texts: [String], durationInMilliseconds duration: Int) -> AssessedReading {
        let step = (duration - 200) / texts.count
        let words = texts.enumerated().map { index, text in
            let start = 100 + index * step
            let letter = (step - 10) / text.count
            return word(
                text, start..<start + letter * text.count,
                text.enumerated().map { (.er, start + $0.offset * letter..<start + ($0.offset + 1) * letter, 50) })
        }
        return reading(texts.joined(separator: " "), words: words, durationInMilliseconds: duration)
    }

    /// A tone that falls, with a little hiss.
    static func sound(milliseconds: Int, rate: Int = 16_000) -> Waveform {
        let count = milliseconds * rate / 1000
        let samples = (0..<count).map { index in
            let time = Double(index) / Double(rate)
            let hiss = Double(index &* 7919 % 101) / 101 - 0.5
            return Float(0.4 * sin(2 * .pi * (180 * time - 5 * time * time)) + 0.01 * hiss)
        }
        return Waveform(samples: samples, sampleRateInHz: rate)
    }
}
