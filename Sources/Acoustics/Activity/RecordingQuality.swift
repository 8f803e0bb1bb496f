/// Decides whether a recording can be judged at all.
package enum RecordingQuality {
    /// Shorter than any word that is said on purpose and recorded.
    package static let shortestInMilliseconds = 300
    /// Longer than any sentence, and than a turn in a conversation.
    package static let longestInMilliseconds = 300_000
    /// Speech, in all, below which nobody was heard.
    package static let leastSpeakingInMilliseconds = 150
    /// Amplitude that counts as full scale: 8-bit sound ends at 0.992, and lossy codecs round a little off.
    package static let fullScale: Float = 0.99
    /// Samples at full scale, of all.
    ///
    /// Speech normalised to full scale has fewer than 1 in 10,000 there.
    package static let mostClippedShare = 0.005

    /// The first reason not to judge a recording, or `nil`: too short or long, then clipped, then silent.
    ///
    /// - Parameters:
    ///   - waveform: The recording, mono, full scale ±1.
    ///   - activity: The same recording's speech.
    package static func refusal(of waveform: Waveform, activity: SpeechActivity) -> RecordingRefusal? {
        let milliseconds = waveform.durationInMilliseconds
        if milliseconds < shortestInMilliseconds { return .tooShort(milliseconds: milliseconds) }
        if milliseconds > longestInMilliseconds { return .tooLong(milliseconds: milliseconds) }
        let share = clippedShare(of: waveform.samples)
        if share > mostClippedShare { return .clipped(share: share) }
        return activity.speakingInMilliseconds < leastSpeakingInMilliseconds ? .silent : nil
    }

    private static func clippedShare(of samples: [Float]) -> Double {
        guard !samples.isEmpty else { return 0 }
        return Double(samples.count { abs($0) >= fullScale }) / Double(samples.count)
    }
}
