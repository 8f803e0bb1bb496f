import Foundation
import Pronunciation
import Speech

/// Prepares what the weights are fitted on, and compares the aligner with another program's.
///
///     Training frames CORPUS FOLDER              what the frame networks are fitted on
///     Training features CORPUS NETWORKS FOLDER   what the scores are regressed on
///     Training golden CORPUS
@main enum TrainingProgram {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("frames", 3):
            try await FrameTable(corpus: try Corpus(folder: arguments[1]), folder: URL(filePath: arguments[2])).write()
        case ("features", 4):
            let networks = try CrossFittedNetworks(folder: URL(filePath: arguments[2]))
            let table = try await FeatureTable(of: try Corpus(folder: arguments[1]), networks: networks)
            try table.write(to: URL(filePath: arguments[3]))
        case ("golden", 2):
            try await GoldenComparison(corpusFolder: arguments[1]).run()
        default:
            FileHandle.standardError.write(
                Data("usage: Training frames CORPUS FOLDER | features CORPUS NETWORKS FOLDER | golden CORPUS\n".utf8))
            exit(2)
        }
    }
}

extension ReadingAnalyser {
    /// - Parameter network: Any will do where nobody asks what it heard.
    static func training(network: FrameNetwork = .silent) throws -> ReadingAnalyser {
        ReadingAnalyser(
            model: try AcousticModel(),
            lexicon: Lexicon(dictionary: try PronouncingDictionary(), transcriber: EspeakSynthesizer.shared),
            network: network)
    }
}
