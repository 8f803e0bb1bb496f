import Acoustics
package import Documents
package import SpeakModel
import Speech

/// Speaks one practice sentence: SentenceAudio says where it is and how long it takes.
package struct SentenceSynthesisHandler: JobHandler {
    private let library: SpeechLibrary
    private let now: @Sendable () -> Timestamp

    package init(library: SpeechLibrary, now: @escaping @Sendable () -> Timestamp) {
        self.library = library
        self.now = now
    }

    package func handle(_ payload: SentenceSynthesize, job: JobContext) async throws -> Outcome {
        let request = try Self.request(for: payload)
        let format = payload.format.flatMap(AudioFormat.init) ?? .mp3
        let entry = try await library.entry(for: request, as: format)
        let now = now
        return Outcome(
            audioURL: library.url(of: entry),
            result: [
                "s3key": .string(entry.key), "durationMs": .number(entry.durationInMilliseconds),
                "marks_s3key": .string(entry.marksKey),
            ],
            plan: { _, _ in
                [SentenceAudioRow.completed(payload, entry, voice: request.voice, jobID: job.id, at: now())]
            })
    }

    package func failureWrites(_ payload: SentenceSynthesize, job: JobContext, reason: String) -> [DocumentWrite] {
        [SentenceAudioRow.failed(payload, jobID: job.id, reason: reason, at: now())]
    }

    private static func request(for payload: SentenceSynthesize) throws -> SpeechRequest {
        let language = payload.language.flatMap(SpokenLanguage.init) ?? .en
        let sentence = language == .ko ? payload.korean : payload.english
        guard let sentence else {
            throw JobFailure.giveUp(reason: "The Korean sentence shall be spoken, but the job has no field korean.")
        }
        return SpeechRequest(
            text: sentence, textType: payload.textType.flatMap(TextType.init) ?? .text,
            voice: try payload.voiceID.map { try Voice.named($0) } ?? .default(for: language), rate: payload.rate ?? 1)
    }
}
