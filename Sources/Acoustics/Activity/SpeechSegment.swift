/// A stretch of speech, in seconds from the recording's start.
package struct SpeechSegment: Hashable, Sendable {
    package let startInSeconds: Double
    package let endInSeconds: Double

    package init(startInSeconds: Double, endInSeconds: Double) {
        self.startInSeconds = startInSeconds
        self.endInSeconds = endInSeconds
    }

    package var durationInSeconds: Double { endInSeconds - startInSeconds }
}
