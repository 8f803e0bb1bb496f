import Foundation
import JSON
import Pronunciation

/// Holds alignments and goodness against `golden.json` of a corpus: what another program made of a few recordings.
struct GoldenComparison {
    private let corpus: Corpus
    private let golden: [JSONValue]

    init(corpusFolder: String) throws {
        corpus = try Corpus(folder: corpusFolder)
        let bytes = try Data(contentsOf: URL(filePath: corpusFolder).appending(path: "golden.json"))
        golden = try JSONValue(parsing: [UInt8](bytes)).array ?? []
    }

    private struct Counts {
        var warps = 0
        var sequences = 0
        var phones = 0
        var borders = 0
        var goodness = 0
    }

    /// Prints how many warps, phone sequences, borders (within 2 frames) and goodnesses (within 0.1) agree.
    func run() async throws {
        let analyser = try ReadingAnalyser.training()
        var counts = Counts()
        for entry in golden {
            guard let utterance = corpus.utterances.first(where: { $0.id == entry["utt"]?.string }) else { continue }
            let words = try await analyser.words(in: utterance.text)
            let reading = try analyser.analyse(try utterance.waveform, reading: words)
            compare(reading, with: entry, &counts)
        }
        print("warps       \(counts.warps) of \(golden.count)")
        print("sequences   \(counts.sequences) of \(golden.count)")
        print("borders     \(counts.borders) of \(counts.phones)")
        print("goodness    \(counts.goodness) of \(counts.phones)")
    }

    private func compare(_ reading: AnalysedReading, with entry: JSONValue, _ counts: inout Counts) {
        if entry["warp"]?.double == reading.analysis.warp { counts.warps += 1 }
        let expected = (entry["segments"]?.array ?? []).compactMap(\.array).filter { ($0[0].int ?? -1) >= 0 }
        let goodness = (entry["gop_cd_loop"]?.array ?? []).compactMap(\.double)
        counts.phones += expected.count
        let phones = reading.evidence.phones
        guard phones.map({ $0.phone.rawValue }) == expected.map({ $0[1].string }) else { return }
        counts.sequences += 1
        for ((phone, segment), value) in zip(zip(phones, expected), goodness) {
            let borders = [
                phone.frames.lowerBound - (segment[2].int ?? 0), phone.frames.upperBound - (segment[3].int ?? 0),
            ]
            if borders.allSatisfy({ abs($0) <= 2 }) { counts.borders += 1 }
            if abs(phone.goodness - value) <= 0.1 { counts.goodness += 1 }
        }
    }
}
