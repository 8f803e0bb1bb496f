import Pronunciation
import SpeakModel

/// Judges what a job of `pronunciation.score` asks for: by its sound, and by what the school's speech recognition heard
/// where the job brings that.
struct ReadingJudge {
    let assessor: ReadingAssessor

    /// - Throws: ``JobFailure``, or what ``ReadingAssessor`` throws.
    func row(
        for payload: PronunciationScore, of recording: Recording, jobID: String
    ) async throws -> PronunciationResultRow {
        PronunciationResultRow(
            payload: payload, verdict: try await verdict(on: recording, payload), recording: recording,
            paceRatio: try await assessor.paceRatio(of: recording, reading: payload.originalText), jobID: jobID)
    }

    private func verdict(on recording: Recording, _ payload: PronunciationScore) async throws -> ReadingVerdict {
        try Self.check(payload)
        let text = payload.originalText
        guard let transcript = payload.transcribedText else {
            return .sound(try await assessor.assess(recording.waveform, reading: text))
        }
        let alignment = WordAlignment.align(reference: text, transcript: transcript)
        guard alignment.referenceWordCount > 0 else { throw PronunciationError.noWords }
        do {
            return .both(
                try await assessor.assess(recording.waveform, reading: text, transcript: alignment), alignment)
        } catch let error as PronunciationError where error.isAboutSentence {
            return .transcript(alignment)
        }
    }

    private static func check(_ payload: PronunciationScore) throws {
        for (name, text) in [("original_text", payload.originalText), ("transcribed_text", payload.transcribedText)] {
            guard let count = text?.count, count > maximumCharacters else { continue }
            throw JobFailure.giveUp(
                reason: "\(name) has \(count) characters; a sentence has at most \(maximumCharacters).")
        }
    }

    /// As much as a voice speaks at a time; alignment takes time with the product of both texts.
    private static let maximumCharacters = 3000
}
