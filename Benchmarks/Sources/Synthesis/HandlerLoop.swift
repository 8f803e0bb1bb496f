import Acoustics
import Documents
import EmbeddedBackend
import JSON
import Objects
import SpeakModel
import Speech
import Workers

/// `sentence.synthesize` jobs through the handler: speaking, marks, encoding, storing both objects, planning the rows.
enum HandlerLoop {
    /// - Returns: Seconds of audio a processor second, opening the folder apart.
    static func rate(_ sentences: [String], as format: AudioFormat, in path: String) async throws -> Double {
        let folder = try DataFolder.open(path)
        try await Provisioning.provision(
            documents: folder.documents, queues: folder.queues, objects: folder.objects)
        let library = SpeechLibrary(synthesizer: EspeakSynthesizer.shared, objects: folder.objects)
        let handler = SentenceSynthesisHandler(library: library, now: Timestamp.now)
        // Starts espeak-ng, which the bare loop does before its clock too.
        _ = try await library.waveform(for: SpeechRequest(text: "Begin.", voice: .default(for: .en)))
        let start = processorSeconds()
        var milliseconds = 0
        for (index, sentence) in sentences.enumerated() {
            let outcome = try await handler.handle(
                payload(sentence, index, format), job: JobContext(id: "job-\(index)", startedAt: .now()))
            _ = try await outcome.plan(folder.documents)
            milliseconds += outcome.result["durationMs"]?.int ?? 0
        }
        let seconds = processorSeconds() - start
        try folder.close()
        return Double(milliseconds) / 1000 / seconds
    }

    private static func payload(_ sentence: String, _ index: Int, _ format: AudioFormat) throws -> SentenceSynthesize {
        let document = try JobDocument([
            "job_id": "job", "kind": "sentence.synthesize",
            "payload": [
                "sessionId": "benchmark", "sentenceIndex": .number(index), "english": .string(sentence),
                "format": .string(format.rawValue),
            ],
        ])
        guard let payload = document.payload as? SentenceSynthesize else { throw BenchmarkError("not a sentence") }
        return payload
    }
}
