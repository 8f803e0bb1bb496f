#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The sounds of a reading as rows of figures, from which sounds, words and the sentence are scored.
package struct PhoneFeatures: Sendable {
    package typealias Feature = SentenceFeatures.Feature

    private let evidence: Evidence
    private let norms: DurationNorms

    package init(_ evidence: Evidence, norms: DurationNorms) { (self.evidence, self.norms) = (evidence, norms) }

    /// A row for each sound; always the same names in the same order, all values finite.
    package var rows: [[Feature]] {
        let usual = evidence.usualLogPitch
        return evidence.wordRanges.flatMap { range in
            range.map { index in
                let phone = evidence.phones[index]
                return own(phone, usualLogPitch: usual) + [
                    ("begins_word", index == range.lowerBound ? 1 : 0),
                    ("ends_word", index == range.upperBound - 1 ? 1 : 0),
                ] + heard(evidence.recognitions[index])
            }
        }
    }

    /// What the acoustic model says, and how the sound lies in time and pitch.
    private func own(_ phone: PhoneEvidence, usualLogPitch usual: Double) -> [Feature] {
        let others = phone.rivalScores.enumerated().filter { $0.offset != phone.phone.index }.map(\.element)
        let better = others.count { $0 > phone.score }
        return [
            ("goodness", phone.goodness), ("plain_goodness", phone.plainGoodness),
            ("worst_goodness", phone.worstGoodness), ("margin", phone.score - (others.max() ?? 0)),
            ("log_posterior", log(phone.posterior + 1e-3)), ("agreement", phone.agreement),
            ("log_rank", log(1 + Double(better))), ("length", norms.deviation(of: phone)),
            ("log_frames", log(Double(phone.frameCount))), ("log_pause_before", log(1 + Double(phone.pauseBefore))),
            ("log_pause_after", log(1 + Double(phone.pauseAfter))), ("entropy", phone.entropy),
            ("level", phone.levelInDB / 10), ("voiced_share", phone.voicedShare),
            ("pitch", phone.logPitch.map { 3 * ($0 - usual) } ?? 0),
            ("pause_margin", phone.pauseScore - phone.score),
        ]
    }

    /// What the frame network heard.
    private func heard(_ phone: PhoneRecognition) -> [Feature] {
        [
            ("heard_mean", phone.meanLog), ("heard_lag", phone.meanLag), ("heard_least", phone.leastLog),
            ("heard_most", phone.mostLog), ("heard_probability", phone.probability),
            ("heard_log_probability", log(phone.probability + 1e-3)), ("heard_best_share", phone.bestShare),
            ("heard_log_rank", log(1 + Double(phone.rank))), ("heard_entropy", phone.entropy),
            ("heard_silence", phone.silenceLog), ("heard_margin", phone.margin),
        ]
    }
}
