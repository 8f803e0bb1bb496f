import Pronunciation
import SpeakModel

/// Judges readings by their sound, and by what the school's speech recognition heard where that is known.
struct ReadingJudge {
    let assessor: ReadingAssessor

    /// What a job of `pronunciation.score` asks for.
    ///
    /// - Throws: ``JobFailure``, or what ``ReadingAssessor`` throws.
    func row(
        for payload: PronunciationScore, of recording: Recording, jobID: String
    ) async throws -> PronunciationResultRow {
        try Self.check("original_text", payload.originalText)
        return try await judge(recording, of: payload.originalText, transcript: payload.transcribedText)
            .row(for: payload, jobID: jobID)
    }

    /// - Parameter transcript: What the school's speech recognition heard, if anything.
    /// - Throws: ``JobFailure``, or what ``ReadingAssessor`` throws.
    func judge(_ recording: Recording, of text: String, transcript: String?) async throws -> JudgedReading {
        JudgedReading(
            text: text, transcript: transcript, recording: recording,
            verdict: try await verdict(on: recording, text, transcript),
            paceRatio: try await assessor.paceRatio(of: recording, reading: text))
    }

    private func verdict(
        on recording: Recording, _ text: String, _ transcript: String?
    ) async throws -> ReadingVerdict {
        guard let transcript else { return .sound(try await assessor.assess(recording.waveform, reading: text)) }
        try Self.check("original_text", text)
        try Self.check("transcribed_text", transcript)
        let alignment = WordAlignment.align(reference: text, transcript: transcript)
        guard alignment.referenceWordCount > 0 else { throw PronunciationError.noWords }
        do {
            return .both(
                try await assessor.assess(recording.waveform, reading: text, transcript: alignment), alignment)
        } catch let error as PronunciationError where error.isAboutSentence {
            return .transcript(alignment)
        }
    }

    private static func check(_ name: String, _ text: String) throws {
        guard text.count > maximumCharacters else { return }
        throw JobFailure.giveUp(
            reason: "\(name) has \(text.count) characters; a sentence has at most \(maximumCharacters).")
    }

    /// As much as a voice speaks at a time; alignment takes time with the product of both texts.
    private static let maximumCharacters = 3000
}
