import Acoustics
import Foundation
import Pronunciation
import Speech
import TestSupport

/// What is read once for all tests.
enum Installed {
    static let model = Result { try AcousticModel() }
    static let dictionary = Result { try PronouncingDictionary() }
    static let scorer = Result { try PronunciationScorer.installed(transcriber: EspeakSynthesizer.shared) }

    static let hasFlite = Program.isInstalled("flite")

    /// Speech of a synthesiser that is not this project's.
    static func flite(_ text: String, voice: String = "slt") throws -> Waveform {
        let bytes = try Program.output(
            "flite", { ["-voice", voice, "-t", text, "-o", $0.appending(path: "speech.wav").path] },
            reading: "speech.wav")
        return try AudioDecoder.decode(bytes)
    }
}

/// A transcriber that knows what a test tells it.
struct ScriptedTranscriber: WordTranscriber {
    var words: [String: String] = [:]

    func transcribe(_ word: String) async throws -> String { words[word] ?? "" }
}
