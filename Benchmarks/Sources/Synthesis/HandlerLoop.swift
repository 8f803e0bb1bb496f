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
    /// - Returns: Seconds of audio a processor second, opening the folder and the `first` sentences apart.
    static func rate(
        _ sentences: [String], after first: [String], as format: AudioFormat, in path: String
    ) async throws -> Double {
        let folder = try DataFolder.open(path)
        try await Provisioning.provision(
            documents: folder.documents, queues: folder.queues, objects: folder.objects)
        let library = SpeechLibrary(
            synthesizer: EspeakSynthesizer.shared, objects: folder.objects, now: Timestamp.now)
        let handler = SentenceSynthesisHandler(library: library, now: Timestamp.now)
        _ = try await milliseconds(of: first, handler, format, folder)
        let start = processorSeconds()
        let milliseconds = try await milliseconds(of: sentences, handler, format, folder)
        let seconds = processorSeconds() - start
        try folder.close()
        return Double(milliseconds) / 1000 / seconds
    }

    /// Half of what a worker has in hand of one queue.
    private static let atATime = 2

    /// - Returns: How much audio the sentences came to.
    private static func milliseconds(
        of sentences: [String], _ handler: SentenceSynthesisHandler, _ format: AudioFormat, _ folder: DataFolder
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for first in 0..<atATime {
                group.addTask {
                    var total = 0
                    for index in stride(from: first, to: sentences.count, by: atATime) {
                        total += try await milliseconds(of: sentences[index], index, handler, format, folder)
                    }
                    return total
                }
            }
            return try await group.reduce(0, +)
        }
    }

    private static func milliseconds(
        of sentence: String, _ index: Int, _ handler: SentenceSynthesisHandler, _ format: AudioFormat,
        _ folder: DataFolder
    ) async throws -> Int {
        let outcome = try await handler.handle(
            payload(sentence, index, format), job: JobContext(id: "job-\(index)", startedAt: .now()))
        _ = try await outcome.plan(folder.documents, 0)
        return outcome.result["durationMs"]?.int ?? 0
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
