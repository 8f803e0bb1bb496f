import Acoustics
import Documents
package import Foundation
package import Objects
import Pronunciation
package import SpeakModel
import Speech

/// Scores one recording against its sentence.
///
/// Words are judged by what the school's speech recognition heard; a job without `transcribed_text` fails and says so.
package struct PronunciationScoringHandler: JobHandler {
    private let objects: any ObjectStore
    private let library: SpeechLibrary
    private let timeZone: TimeZone
    private let now: @Sendable () -> Timestamp

    package init(
        objects: any ObjectStore, library: SpeechLibrary, timeZone: TimeZone, now: @escaping @Sendable () -> Timestamp
    ) {
        self.objects = objects
        self.library = library
        self.timeZone = timeZone
        self.now = now
    }

    package func handle(_ payload: PronunciationScore, job: JobContext) async throws -> Outcome {
        guard let moment = Timestamp(iso8601: payload.timestamp) else {
            preconditionFailure("The document's check let a bad timestamp pass.")
        }
        let recording = try await Recording(at: payload.s3Key, from: objects)
        let transcript = try Self.transcript(of: payload)
        let alignment = WordAlignment.align(reference: payload.originalText, transcript: transcript)
        guard alignment.referenceWordCount > 0 else {
            throw JobFailure.giveUp(reason: "The sentence in original_text has no word to read.")
        }
        let score = PronunciationResultRow(
            payload: payload, transcript: transcript, alignment: alignment, recording: recording,
            paceRatio: try await paceRatio(of: recording, reading: payload.originalText), jobID: job.id)
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

    private static func transcript(of payload: PronunciationScore) throws -> String {
        guard let transcript = payload.transcribedText else {
            throw JobFailure.giveUp(
                reason: "The job has no transcribed_text; this version cannot yet score from the sound alone.")
        }
        for (name, text) in [("original_text", payload.originalText), ("transcribed_text", transcript)]
        where text.count > maximumCharacters {
            throw JobFailure.giveUp(
                reason: "\(name) has \(text.count) characters; a sentence has at most \(maximumCharacters).")
        }
        return transcript
    }

    /// As much as a voice speaks at a time; alignment takes time with the product of both texts.
    private static let maximumCharacters = 3000

    /// The model sentence's speaking time ÷ the learner's.
    private func paceRatio(of recording: Recording, reading sentence: String) async throws -> Double? {
        let voice = Voice.default(for: SpokenLanguage(of: sentence))
        let model = try await library.waveform(for: SpeechRequest(text: sentence, voice: voice))
        return PaceRatio.ratio(
            modelSpeakingInMilliseconds: Double(try SpeechActivity.detect(in: model).speakingInMilliseconds),
            learnerSpeakingInMilliseconds: Double(recording.activity.speakingInMilliseconds))
    }
}
