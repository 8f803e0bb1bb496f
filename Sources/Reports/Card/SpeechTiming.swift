/// How long and how fast somebody spoke, in one line; what is unknown is a dash.
package struct SpeechTiming: Hashable, Sendable {
    package let speakingInMilliseconds: Double?
    package let recordingInMilliseconds: Double?
    /// Speech time ÷ recording time, 0...1.
    package let netSpeakingDensity: Double?
    /// Above 1 is faster than the model.
    package let paceRatio: Double?

    package init(
        speakingInMilliseconds: Double?, recordingInMilliseconds: Double?, netSpeakingDensity: Double?,
        paceRatio: Double?
    ) {
        (self.speakingInMilliseconds, self.recordingInMilliseconds) = (speakingInMilliseconds, recordingInMilliseconds)
        (self.netSpeakingDensity, self.paceRatio) = (netSpeakingDensity, paceRatio)
    }

    package var text: String {
        let seconds = { (milliseconds: Double?) in milliseconds.map { ($0 / 1000).plain(decimals: 2) } ?? "–" }
        let pace = paceRatio.map { "\($0.plain(decimals: 2))× the model's pace" } ?? "pace unknown"
        let density = netSpeakingDensity.map { "\(($0 * 100).plain(decimals: 0)) % speech" } ?? "–"
        return "\(seconds(speakingInMilliseconds)) s spoken in \(seconds(recordingInMilliseconds)) s, "
            + "\(density), \(pace)"
    }
}
