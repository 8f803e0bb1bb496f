package import Acoustics
package import Pronunciation

/// One recording of one sentence with what was found in it: what every report shows.
package struct AssessedReading: Hashable, Sendable {
    /// The sentence that was to be read, as it was written.
    package let text: String
    package let assessment: Assessment
    package let audioDurationInMilliseconds: Int
    package let speakingDurationInMilliseconds: Int
    /// Speech time ÷ recording time, 0...1.
    package let netSpeakingDensity: Double
    /// The model sentence's speaking time ÷ the learner's; `nil` when unknown.
    package let paceRatio: Double?

    package init(text: String, assessment: Assessment, activity: SpeechActivity, paceRatio: Double?) {
        (self.text, self.assessment, self.paceRatio) = (text, assessment, paceRatio)
        audioDurationInMilliseconds = activity.recordingInMilliseconds
        speakingDurationInMilliseconds = activity.speakingInMilliseconds
        netSpeakingDensity = activity.netSpeakingDensity
    }

    package var feedback: Feedback {
        Feedback(assessment: assessment, paceRatio: paceRatio, netSpeakingDensity: netSpeakingDensity)
    }
}
