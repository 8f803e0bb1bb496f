import Foundation
import JSON
import Pronunciation

/// The figures of every reading of a corpus, as the regressions see them.
///
/// For each fold there is a table for weights that may not know it: its norms of how long sounds last come from the other
/// folds, and what a frame network heard comes from one that knew neither the fold nor, for readings of other folds,
/// their own.
struct FeatureTable {
    private struct Reading {
        let evidence: Evidence
        let inputs: FrameInputs
    }

    private let corpus: Corpus
    private var networks: CrossFittedNetworks
    private var readings: [Reading] = []
    /// The same recordings, each beside another one's sentence; `nil` where that takes longer.
    private var mismatched: [Reading?] = []

    init(of corpus: Corpus, networks: CrossFittedNetworks) async throws {
        (self.corpus, self.networks) = (corpus, networks)
        let analyser = try ReadingAnalyser.training()
        for (index, utterance) in corpus.utterances.enumerated() {
            let waveform = try utterance.waveform
            let right = try analyser.analyse(waveform, reading: try await analyser.words(in: utterance.text))
            readings.append(Reading(evidence: right.evidence, inputs: right.inputs))
            let others = try await analyser.words(in: corpus.otherText(than: index))
            do {
                let wrong = try analyser.analyse(waveform, reading: others)
                mismatched.append(Reading(evidence: wrong.evidence, inputs: wrong.inputs))
            } catch PronunciationError.tooShortForSentence { mismatched.append(nil) }
            if (index + 1).isMultiple(of: 100) { Corpus.report("\(index + 1) readings analysed") }
        }
    }

    /// Writes `norms-FOLD.json`, `features-FOLD.jsonl` and `mismatched-FOLD.jsonl` for each fold, and for none as `all`.
    func write(to folder: URL) throws {
        var networks = networks
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for fold in corpus.folds.map(Optional.init) + [nil] {
            let name = fold.map(String.init) ?? "all"
            let known = zip(corpus.utterances, readings).filter { $0.0.fold != fold }.map(\.1.evidence)
            let norms = DurationNorms(of: known)
            let header: JSONValue = ["means": .numbers(norms.means), "deviations": .numbers(norms.deviations)]
            try Data(header.utf8).write(to: folder.appending(path: "norms-\(name).json"))
            var (features, others) = ("", "")
            for (index, utterance) in corpus.utterances.enumerated() {
                let network = try networks.network(without: Set([fold, utterance.fold].compactMap(\.self)))
                let reading = readings[index]
                let evidence = reading.evidence.heard(as: network.classify(reading.inputs))
                features += Self.line(utterance, evidence, norms: norms).text + "\n"
                guard let wrong = mismatched[index] else { continue }
                let heard = wrong.evidence.heard(as: network.classify(wrong.inputs))
                let figures = SentenceFeatures(heard, norms: norms).all.map(\.value)
                let line: JSONValue = ["fold": .number(utterance.fold), "sentence": .numbers(figures)]
                others += line.text + "\n"
            }
            try Data(features.utf8).write(to: folder.appending(path: "features-\(name).jsonl"))
            try Data(others.utf8).write(to: folder.appending(path: "mismatched-\(name).jsonl"))
            Corpus.report("features-\(name).jsonl written")
        }
    }

    private static func line(_ utterance: Corpus.Utterance, _ evidence: Evidence, norms: DurationNorms) -> JSONValue {
        let sentence = SentenceFeatures(evidence, norms: norms).all
        let rows = PhoneFeatures(evidence, norms: norms).rows
        return [
            "id": .string(utterance.id),
            "phones": .array(evidence.phones.map { .string($0.phone.rawValue) }),
            "words": .array(evidence.phones.map { .number($0.word) }),
            "sentence_names": .array(sentence.map { .string($0.name) }),
            "sentence": .numbers(sentence.map(\.value)),
            "phone_names": .array((rows.first ?? []).map { .string($0.name) }),
            "rows": .array(rows.map { .numbers($0.map(\.value)) }),
        ]
    }
}

extension JSONValue {
    /// Seven digits are what a Float holds.
    static func numbers(_ values: [Double]) -> JSONValue {
        .array(values.map { .number(String(format: "%.7g", $0)) })
    }
}
