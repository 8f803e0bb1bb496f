import Foundation
import JSON
import Pronunciation

/// What a frame network sees of each frame of a corpus, and which sound is where: `frames.bin` and `readings.jsonl`.
struct FrameTable {
    let corpus: Corpus
    let folder: URL

    func write() async throws {
        let analyser = try ReadingAnalyser.training()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let frames = folder.appending(path: "frames.bin")
        try Data().write(to: frames)
        let file = try FileHandle(forWritingTo: frames)
        var lines = ""
        for (index, utterance) in corpus.utterances.enumerated() {
            let words = try await analyser.words(in: utterance.text)
            let reading = try analyser.analyse(try utterance.waveform, reading: words)
            try file.write(contentsOf: reading.inputs.values.withUnsafeBytes { Data($0) })
            lines += Self.line(utterance, reading).text + "\n"
            if (index + 1).isMultiple(of: 100) { Corpus.report("\(index + 1) readings analysed") }
        }
        try file.close()
        try Data(lines.utf8).write(to: folder.appending(path: "readings.jsonl"))
    }

    private static func line(_ utterance: Corpus.Utterance, _ reading: AnalysedReading) -> JSONValue {
        let phones = reading.evidence.phones
        return [
            "id": .string(utterance.id), "frames": .number(reading.inputs.frameCount),
            "phones": .array(phones.map { .string($0.phone.rawValue) }),
            "words": .array(phones.map { .number($0.word) }),
            "starts": .array(phones.map { .number($0.frames.lowerBound) }),
            "ends": .array(phones.map { .number($0.frames.upperBound) }),
        ]
    }
}
