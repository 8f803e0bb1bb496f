import ArgumentParser
import Foundation
import Pronunciation
import Speech
import Workers

/// With what a command scores.
struct ScorerOptions: ParsableArguments {
    @Option(help: .init("Weights that Training/train made, instead of the program's own.", valueName: "file.json"))
    var weights: String?

    func assessor() throws -> ReadingAssessor {
        do {
            return try Self.installedAssessor(
                weights: try weights.map { try ScoringWeights([UInt8](Data(contentsOf: URL(filePath: $0)))) })
        } catch let error as CocoaError {
            throw CommandError(description: "The weights cannot be read: \(error.localizedDescription)")
        }
    }

    /// - Parameter weights: The program's own, if left out.
    static func installedAssessor(weights: ScoringWeights? = nil) throws -> ReadingAssessor {
        do {
            let scorer = try PronunciationScorer.installed(transcriber: EspeakSynthesizer.shared, weights: weights)
            return ReadingAssessor(scorer: scorer, synthesizer: EspeakSynthesizer.shared)
        } catch let error as AcousticModelError {
            throw CommandError(description: error.description, exitStatus: ExitStatus.serviceMissing)
        } catch let error as ScoringWeightsError {
            throw CommandError(description: error.description)
        }
    }
}
