import Acoustics
import Documents
import Pronunciation

/// One spoken turn's figures.
struct Turn {
    let speakingInMilliseconds: Int
    /// What the turn adds to its conversation and its day.
    let totals: DayTotals
    /// What AsyncJobStatus shows of the turn.
    let summary: Item

    /// - Parameters:
    ///   - syllables: As the school's speech recognition heard them, or as they were counted in the sound.
    ///   - isKorean: The model voice's pace depends on the language.
    init(_ recording: Recording, syllables: Int, isKorean: Bool) {
        let activity = recording.activity
        let speaking = Double(activity.speakingInMilliseconds)
        let pace = PaceRatio.ratio(
            syllables: syllables, isKorean: isKorean, learnerSpeakingInMilliseconds: speaking)
        let quality = ResponseQuality.score(
            latencyInMilliseconds: Double(recording.responseLatencyInMilliseconds),
            netSpeakingDensity: activity.netSpeakingDensity, paceRatio: pace, speakingInMilliseconds: speaking)
        var totals: [DayTotals.Field: DocumentNumber] = [
            .chatTurnsCount: 1, .totalRecordingTime: DocumentNumber(activity.recordingInMilliseconds),
            .totalSpeakingTime: DocumentNumber(activity.speakingInMilliseconds),
            .sumOfNetSpeakingDensity: DocumentNumber(measured: activity.netSpeakingDensity, decimals: 6),
            .sumOfResponseLatency: DocumentNumber(recording.responseLatencyInMilliseconds),
            .sumOfResponseQuality: DocumentNumber(measured: quality, decimals: 2),
        ]
        if let pace {
            totals[.paceRatioCount] = 1
            totals[.sumOfPaceRatio] = DocumentNumber(measured: pace, decimals: 6)
        }
        self.totals = DayTotals(totals)
        speakingInMilliseconds = activity.speakingInMilliseconds
        summary = Self.summary(of: self.totals, syllables: syllables)
    }

    private static func summary(of totals: DayTotals, syllables: Int) -> Item {
        var summary: Item = [
            "audio_duration_ms": .number(totals[.totalRecordingTime]),
            "speaking_duration_ms": .number(totals[.totalSpeakingTime]),
            "net_speaking_density": .number(totals[.sumOfNetSpeakingDensity]),
            "response_latency_ms": .number(totals[.sumOfResponseLatency]),
            "response_quality": .number(totals[.sumOfResponseQuality]),
        ]
        if totals[.paceRatioCount] != 0 { summary["pace_ratio"] = .number(totals[.sumOfPaceRatio]) }
        let seconds = totals[.totalSpeakingTime].double / 1000
        summary["syllables_per_second"] = .number(Double(syllables) / seconds, decimals: 2)
        return summary
    }
}
