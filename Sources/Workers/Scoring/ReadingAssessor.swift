package import Acoustics
package import Pronunciation
package import Reports
package import Speech

/// Scores readings from their sound, and compares their pace with the model voice's.
package struct ReadingAssessor: Sendable {
    private let scorer: PronunciationScorer
    private let synthesizer: any SpeechSynthesizer

    package init(scorer: PronunciationScorer, synthesizer: any SpeechSynthesizer) {
        (self.scorer, self.synthesizer) = (scorer, synthesizer)
    }

    /// Name and version of what scores, such as `gop-1`.
    package var scorerName: String { scorer.weights.name }

    /// - Parameter transcript: What the school's speech recognition heard, if anything.
    /// - Throws: ``PronunciationError``, `AudioError`, or what the transcriber of unknown words throws.
    package func assess(
        _ waveform: Waveform, reading text: String, transcript: WordAlignment? = nil
    ) async throws -> Assessment {
        try await scorer.assess(waveform, reading: text, transcript: transcript)
    }

    /// With what every report shows beside the scores.
    package func read(_ recording: Recording, of text: String) async throws -> AssessedReading {
        let assessment = try await assess(recording.waveform, reading: text)
        return AssessedReading(
            text: text, assessment: assessment, activity: recording.activity,
            paceRatio: try await paceRatio(of: recording, reading: text))
    }

    /// The pace of free speech, from the sound alone.
    package func syllables(in recording: Recording) throws -> Int {
        try scorer.analyser.syllables(in: recording.waveform)
    }

    /// The model sentence's speaking time ÷ the learner's; `nil` when unknown.
    package func paceRatio(of recording: Recording, reading text: String) async throws -> Double? {
        let voice = Voice.default(for: SpokenLanguage(of: text))
        let model = try await synthesizer.speak(SpeechRequest(text: text, voice: voice)).waveform
        return PaceRatio.ratio(
            modelSpeakingInMilliseconds: Double(try SpeechActivity.detect(in: model).speakingInMilliseconds),
            learnerSpeakingInMilliseconds: Double(recording.activity.speakingInMilliseconds))
    }
}

extension ReadingAssessor: CustomStringConvertible {
    /// Short: spelt out, an acoustic model has a million numbers.
    package var description: String { "assessor with \(scorerName)" }
}
