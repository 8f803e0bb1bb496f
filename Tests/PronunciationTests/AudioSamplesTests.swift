import Foundation
import Pronunciation
import Testing

/// The transcripts of the sample recordings say what their notes promise.
@Suite struct AudioSamplesTests {
    private struct Sample: Decodable {
        let id: String
        let text: String?
        let transcript: String
    }

    private static func samples() throws -> [Sample] {
        let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let manifest = try String(contentsOf: package.appending(path: "audio-samples/manifest.jsonl"), encoding: .utf8)
        return try manifest.split(separator: "\n").map { try JSONDecoder().decode(Sample.self, from: Data($0.utf8)) }
    }

    @Test("words left out, added and replaced are found, and nothing else is")
    func wordsFound() throws {
        let missed = ["word-left-out": ["studying"]]
        let extra = ["word-added": ["our", "old"]]
        let replaced = ["word-replaced": ["ship"]]
        for sample in try Self.samples() where !sample.transcript.isEmpty {
            guard let text = sample.text else { continue }
            let alignment = WordAlignment.align(reference: text, transcript: sample.transcript)
            #expect(alignment.missedWords == missed[sample.id, default: []], "\(sample.id)")
            #expect(alignment.extraWords == extra[sample.id, default: []], "\(sample.id)")
            #expect(alignment.replacedWords.map(\.text) == replaced[sample.id, default: []], "\(sample.id)")
        }
    }
}
