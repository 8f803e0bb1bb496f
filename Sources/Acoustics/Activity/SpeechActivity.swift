/// When somebody speaks in a recording, and how much.
package struct SpeechActivity: Hashable, Sendable {
    /// In order of time, at least ``shortestPauseInSeconds`` apart.
    package let segments: [SpeechSegment]
    package let recordingInMilliseconds: Int

    /// - Precondition: Segments are in order and do not overlap.
    package init(segments: [SpeechSegment], recordingInMilliseconds: Int) {
        precondition(
            zip(segments, segments.dropFirst()).allSatisfy { $0.endInSeconds <= $1.startInSeconds },
            "Speech segments come in order and do not overlap.")
        self.segments = segments
        self.recordingInMilliseconds = recordingInMilliseconds
    }

    /// Silences shorter than this belong to the speech.
    ///
    /// stop consonants are silent for up to 0.2 s.
    ///
    /// Source: Goldman-Eisler (1968), "Psycholinguistics": pauses from 0.25 s are hesitation, not articulation.
    package static let shortestPauseInSeconds = 0.25

    /// The sum of all speech segments.
    package var speakingInMilliseconds: Int {
        milliseconds(segments.reduce(0) { $0 + $1.durationInSeconds })
    }

    /// Speaking time ÷ recording time, 0–1; 0 for an empty recording.
    package var netSpeakingDensity: Double {
        guard recordingInMilliseconds > 0 else { return 0 }
        return min(1, Double(speakingInMilliseconds) / Double(recordingInMilliseconds))
    }

    /// From the recording's start to the first speech; `nil` when there is none.
    package var responseLatencyInMilliseconds: Int? {
        segments.first.map { milliseconds($0.startInSeconds) }
    }

    /// Pauses between speech; silence before the first and after the last segment is not one.
    package var pauseCount: Int { max(0, segments.count - 1) }

    /// 0 without a pause.
    package var longestPauseInMilliseconds: Int {
        milliseconds(zip(segments, segments.dropFirst()).map { $1.startInSeconds - $0.endInSeconds }.max() ?? 0)
    }
}

private func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }
