#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A reading as a row of figures, from which sentence scores are regressed.
///
/// How sounds fit, how long they and the pauses are, how the voice moves. Nothing in it depends on how loud the recording
/// is, or on the silence around the speech.
package struct SentenceFeatures: Sendable {
    package typealias Feature = (name: String, value: Double)

    private let evidence: Evidence
    private let norms: DurationNorms
    private let phones: [PhoneEvidence]
    private let lengths: [Double]
    private let words: [Range<Int>]

    package init(_ evidence: Evidence, norms: DurationNorms) {
        (self.evidence, self.norms, phones) = (evidence, norms, evidence.phones)
        lengths = phones.map { norms.deviation(of: $0) }
        words = evidence.wordRanges
    }

    /// Always the same names in the same order; all values are finite.
    package var all: [Feature] {
        fit + wordFit + classes + timing + rhythm + pauses + melody + heard
    }

    /// How well the sounds fit.
    private var fit: [Feature] {
        let goodness = Sample(phones.map(\.goodness))
        let plain = Sample(phones.map(\.plainGoodness))
        let worst = Sample(phones.map(\.worstGoodness))
        let posterior = Sample(phones.map { log($0.posterior + 1e-3) })
        let loop = Sample(phones.map(\.loopScore))
        let frames = Double(phones.reduce(0) { $0 + $1.frameCount })
        let agreeing = phones.reduce(0) { $0 + $1.agreement * Double($1.frameCount) }
        return [
            ("goodness_mean", goodness.mean), ("goodness_sd", goodness.deviation), ("goodness_min", goodness.minimum),
            ("goodness_p10", goodness.quantile(0.1)), ("goodness_p25", goodness.quantile(0.25)),
            ("goodness_p50", goodness.quantile(0.5)), ("goodness_p75", goodness.quantile(0.75)),
            ("fair_share", Sample(goodness.values.map { sigmoid($0 + 1) }).mean),
            ("poor_share", Sample(goodness.values.map { sigmoid($0 + 2.5) }).mean),
            ("bad_share", Sample(goodness.values.map { sigmoid(2 * ($0 + 4)) }).mean),
            ("plain_mean", plain.mean), ("plain_p10", plain.quantile(0.1)), ("plain_sd", plain.deviation),
            ("worst_mean", worst.mean), ("worst_p10", worst.quantile(0.1)), ("worst_sd", worst.deviation),
            ("posterior_mean", posterior.mean), ("posterior_p10", posterior.quantile(0.1)),
            ("posterior_sd", posterior.deviation), ("agreement", Sample(phones.map(\.agreement)).mean),
            ("agreement_by_frame", agreeing / frames), ("entropy", Sample(phones.map(\.entropy)).mean),
            ("pause_margin", Sample(phones.map { $0.pauseScore - $0.score }).mean),
            ("loop_mean", loop.mean), ("loop_sd", loop.deviation),
            ("warp", evidence.warp), ("warp_gain", evidence.warpGain), ("lowest_warp_gain", evidence.lowestWarpGain),
        ]
    }

    private var wordFit: [Feature] {
        let means = Sample(words.map { range in Sample(phones[range].map(\.goodness)).mean })
        return [
            ("word_min", means.minimum), ("word_p25", means.quantile(0.25)), ("word_p50", means.quantile(0.5)),
            ("word_max", means.maximum), ("word_sd", means.deviation),
            ("poor_words", means.share { $0 < -1.5 }), ("bad_words", means.share { $0 < -3 }),
        ]
    }

    /// Each class's mean goodness, drawn towards the sentence's where there are few of it.
    private var classes: [Feature] {
        let mean = Sample(phones.map(\.goodness)).mean
        func drawn(_ chosen: [PhoneEvidence]) -> Double {
            (chosen.reduce(0) { $0 + $1.goodness } + 2 * mean) / Double(chosen.count + 2)
        }
        let ends = words.map { (first: phones[$0.lowerBound], last: phones[$0.upperBound - 1]) }
        return PhoneClass.allCases.map { kind in ("\(kind)_mean", drawn(phones.filter { kind.contains($0.phone) })) }
            + [
                ("initial_consonant_mean", drawn(ends.map(\.first).filter { !$0.phone.isVowel })),
                ("final_consonant_mean", drawn(ends.map(\.last).filter { !$0.phone.isVowel })),
            ]
    }

    /// How long sounds and words are, beside what is usual.
    private var timing: [Feature] {
        let all = Sample(lengths)
        let vowels = Sample(zip(phones, lengths).filter { $0.0.phone.isVowel }.map(\.1))
        let consonants = Sample(zip(phones, lengths).filter { !$0.0.phone.isVowel }.map(\.1))
        let frames = Sample(phones.map { Double($0.frameCount) })
        let wordLengths = Sample(words.map { Sample(lengths[$0]).mean })
        return [
            ("length_mean", all.mean), ("length_sd", all.deviation), ("length_p90", all.quantile(0.9)),
            ("length_max", all.maximum), ("length_min", all.minimum), ("length_step", all.meanStep),
            ("vowel_length_mean", vowels.mean), ("vowel_length_sd", vowels.deviation),
            ("consonant_length_mean", consonants.mean), ("consonant_length_sd", consonants.deviation),
            ("vowels_over_consonants", vowels.mean - consonants.mean),
            ("first_length", Sample(lengths.prefix(2)).mean), ("last_length", Sample(lengths.suffix(2)).mean),
            ("word_length_sd", wordLengths.deviation), ("word_length_max", wordLengths.maximum),
            ("word_length_min", wordLengths.minimum),
            ("short_sounds", frames.share { $0 <= 3 }), ("long_sounds", frames.share { $0 > 25 }),
            ("very_long_sounds", frames.share { $0 > 40 }),
        ]
    }

    /// How fast, and how evenly.
    private var rhythm: [Feature] {
        let sounding = Double(phones.reduce(0) { $0 + $1.frameCount })
        let span = Double(spanInFrames)
        let vowels = phones.filter(\.phone.isVowel)
        let vowelLogs = Sample(vowels.map { log(Double($0.frameCount)) })
        return [
            ("phones_per_second", 100 * Double(phones.count) / span),
            ("phones_per_sounding_second", 100 * Double(phones.count) / sounding),
            ("syllables_per_second", 100 * Double(vowels.count) / span),
            ("syllables_per_sounding_second", 100 * Double(vowels.count) / sounding),
            ("words_per_second", 100 * Double(words.count) / span),
            // Source: normalised pairwise variability of vowels, Grabe & Low (2002), here of logarithms.
            ("vowel_variability", vowels.count > 1 ? vowelLogs.meanStep : 0.4),
            ("log_span", log(span)), ("words", Double(words.count)),
            ("phones_per_word", Double(phones.count) / Double(words.count)),
        ]
    }

    private var spanInFrames: Int {
        max(1, (phones.last?.frames.upperBound ?? 0) - (phones.first?.frames.lowerBound ?? 0))
    }

    private var pauses: [Feature] {
        let pauses = Sample(evidence.pausesInFrames.map(Double.init))
        let words = Double(words.count)
        let sum = pauses.values.reduce(0, +)
        return [
            ("pause_share", sum / Double(spanInFrames)), ("log_pauses", log(1 + sum)),
            ("pauses", Double(pauses.values.count { $0 >= 15 })),
            ("pauses_per_word", Double(pauses.values.count { $0 >= 15 }) / words),
            ("short_pauses_per_word", Double(pauses.values.count { $0 >= 5 }) / words),
            ("long_pauses_per_word", Double(pauses.values.count { $0 >= 30 }) / words),
            ("log_longest_pause", log(1 + pauses.maximum)), ("pause_sd", pauses.deviation / 10),
        ]
    }

    /// How pitch and loudness move.
    private var melody: [Feature] {
        let pitches = Sample(evidence.pitchesInHz.compactMap(\.self).map { log($0) })
        let usual = evidence.usualLogPitch
        let vowels = phones.filter(\.phone.isVowel)
        let vowelPitches = Sample(vowels.compactMap(\.logPitch).map { $0 - usual })
        let vowelLevels = Sample(vowels.map(\.levelInDB))
        return [
            ("voiced_share", Double(pitches.count) / Double(max(1, evidence.pitchesInHz.count))),
            ("pitch_range", pitches.quantile(0.9) - pitches.quantile(0.1)),
            ("pitch_median", pitches.count > 5 ? pitches.quantile(0.5) : log(200)),
            ("pitch_sd", min(0.6, pitches.deviation)), ("vowel_pitch_sd", vowelPitches.deviation),
            ("vowel_pitch_step", vowelPitches.meanStep), ("vowel_pitch_slope", vowelPitches.slope),
            ("last_vowel_pitch", vowelPitches.values.last ?? 0),
            ("vowel_level_sd", vowelLevels.deviation), ("level_step", Sample(phones.map(\.levelInDB)).meanStep),
            ("vowel_level_slope", vowelLevels.slope),
        ]
    }

    /// What the frame network heard.
    private var heard: [Feature] {
        let phones = evidence.recognitions
        let columns: [(name: String, values: [Double])] = [
            ("mean", phones.map(\.meanLog)), ("lag", phones.map(\.meanLag)), ("least", phones.map(\.leastLog)),
            ("most", phones.map(\.mostLog)), ("probability", phones.map(\.probability)),
            ("log_probability", phones.map { log($0.probability + 1e-3) }), ("best_share", phones.map(\.bestShare)),
            ("log_rank", phones.map { log(1 + Double($0.rank)) }), ("entropy", phones.map(\.entropy)),
            ("silence", phones.map(\.silenceLog)), ("margin", phones.map(\.margin)),
        ]
        let words = Sample(
            words.map { range in Sample(phones[range].map { log($0.probability + 1e-3) }).mean })
        return columns.flatMap { name, values in
            let sample = Sample(values)
            return [
                ("heard_\(name)_mean", sample.mean), ("heard_\(name)_p10", sample.quantile(0.1)),
                ("heard_\(name)_sd", sample.deviation),
            ]
        } + [("heard_word_min", words.minimum), ("heard_word_p25", words.quantile(0.25))]
    }
}

func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

extension Evidence {
    /// By word: its sounds.
    var wordRanges: [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (index, phone) in phones.enumerated() {
            if ranges.count == phone.word + 1 {
                ranges[phone.word] = ranges[phone.word].lowerBound..<index + 1
            } else {
                ranges.append(index..<index + 1)
            }
        }
        return ranges
    }

    /// The median over the sounds that have a pitch.
    var usualLogPitch: Double { Sample(phones.compactMap(\.logPitch)).quantile(0.5) }
}
