import Acoustics
import Foundation
import JSON
import Pronunciation
import SpeakModel
import Speech
import Workers

/// The jobs of a file by calling the functions that do them: no queue, no rows, no objects.
enum BareJobs {
    /// - Parameter audio: The folder with the recordings that jobs name.
    /// - Returns: How many were done.
    static func run(_ file: String, audio: String) async throws -> Int {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let documents = try text.split(separator: "\n").map { try JobDocument(parsing: Array($0.utf8)) }
        let scorer = try PronunciationScorer.installed(transcriber: EspeakSynthesizer.shared, weights: nil)
        let assessor = ReadingAssessor(scorer: scorer, synthesizer: EspeakSynthesizer.shared)
        for document in documents {
            switch document.payload {
            case let payload as SentenceSynthesize: try await speak(payload)
            case let payload as PronunciationScore: try await score(payload, in: audio, by: assessor)
            default: throw BenchmarkError("nothing is bare of \(document.kind)")
            }
        }
        return documents.count
    }

    private static func speak(_ payload: SentenceSynthesize) async throws {
        let request = SpeechRequest(text: payload.english, voice: .default(for: .en))
        let spoken = try await EspeakSynthesizer.shared.speak(request)
        let format = payload.format.flatMap(AudioFormat.init) ?? .mp3
        guard !spoken.marksText.isEmpty, !(try spoken.encoded(as: format)).isEmpty else {
            throw BenchmarkError("nothing was spoken")
        }
    }

    private static func score(
        _ payload: PronunciationScore, in audio: String, by assessor: ReadingAssessor
    ) async throws {
        let name = URL(filePath: payload.s3Key).lastPathComponent
        let recording = try Recording(decoding: Array(try Data(contentsOf: URL(filePath: "\(audio)/\(name)"))))
        _ = try await assessor.assess(recording.waveform, reading: payload.originalText)
        guard try await assessor.paceRatio(of: recording, reading: payload.originalText) != nil else {
            throw BenchmarkError("\(name) has no pace")
        }
    }
}
