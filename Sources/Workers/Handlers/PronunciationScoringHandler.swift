import Acoustics
import Documents
package import Foundation
package import Objects
import Pronunciation
package import SpeakModel
import Speech

/// Scores one recording against its sentence: by its sound, and by what the school's speech recognition heard where the
/// job brings that.
package struct PronunciationScoringHandler: JobHandler {
    private let objects: any ObjectStore
    private let assessor: ReadingAssessor
    private let timeZone: TimeZone
    private let now: @Sendable () -> Timestamp

    package init(
        objects: any ObjectStore, assessor: ReadingAssessor, timeZone: TimeZone,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.objects = objects
        self.assessor = assessor
        self.timeZone = timeZone
        self.now = now
    }

    package func handle(_ payload: PronunciationScore, job: JobContext) async throws -> Outcome {
        guard let moment = Timestamp(iso8601: payload.timestamp) else {
            preconditionFailure("The document's check let a bad timestamp pass.")
        }
        let recording = try await Recording(at: payload.s3Key, from: objects)
        let score = PronunciationResultRow(
            payload: payload, verdict: try await verdict(on: recording, payload), recording: recording,
            paceRatio: try await assessor.paceRatio(of: recording, reading: payload.originalText), jobID: job.id)
        let ledger = RecordingLedger(studentEmail: payload.studentEmail, timeZone: timeZone, now: now)
        let now = now
        return Outcome(
            result: score.summary,
            plan: { documents in
                let old = try await score.previous(in: documents)
                let booked = try await ledger.writes(
                    at: moment, replacing: PronunciationResultRow.totals(of: old),
                    with: PronunciationResultRow.totals(of: score.attributes),
                    sessions: PronunciationResultRow.sessionChanges(from: old, to: score.attributes),
                    type: .practice, from: documents)
                return [score.write(replacing: old, at: now())] + booked
            })
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
