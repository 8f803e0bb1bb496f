import Acoustics
import ArgumentParser
import Foundation
import Speech

struct Say: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Speak a text into a file.",
        discussion: """
            Without -o the audio goes to stdout, for a pipe. With --marks the speech marks go to stdout instead: one \
            JSON object a line, as Amazon Polly prints them.
            """)

    @Argument(help: "The text, in English or Korean; - reads standard input.")
    var text: String

    @Option(help: "A Polly voice, such as Joanna or Seoyeon; chosen by the text's language if left out.")
    var voice: String?

    @Option(name: [.customShort("o"), .long], help: .init("The file; its ending says the format.", valueName: "file"))
    var output: String?

    @Option(help: "mp3, ogg_opus, flac or wav; by the file's ending, or mp3, if left out.")
    var format: AudioFormat?

    @Option(help: "Speed from 0.2 to 2, 1 being the voice's own.")
    var rate = 1.0

    @Flag(help: "The text is SSML.")
    var ssml = false

    @Flag(help: "Print the time of the sentence and of every word.")
    var marks = false

    func validate() throws {
        guard (0.2...2).contains(rate) else { throw ValidationError("--rate is \(rate); allowed is 0.2 to 2.") }
        if !marks, output == nil, isatty(STDOUT_FILENO) == 1 {
            throw ValidationError("Audio would fill the terminal: name a file with -o, or pipe stdout to a program.")
        }
    }

    func run() async throws {
        let text = text == "-" ? try Self.standardInput() : text
        let voice = try voice.map { try Voice.named($0) } ?? .default(for: SpokenLanguage(of: text))
        let spoken = try await EspeakSynthesizer.shared.speak(
            SpeechRequest(text: text, textType: ssml ? .ssml : .text, voice: voice, rate: rate))
        if marks { print(spoken.marksText, terminator: "") }
        if output == nil, marks { return }
        let bytes = Data(try spoken.encoded(as: format ?? Self.format(ofFile: output) ?? .mp3))
        if let output {
            try OutputFile.write(bytes, to: output)
        } else {
            try FileHandle.standardOutput.write(contentsOf: bytes)
        }
    }

    private static func standardInput() throws -> String {
        let bytes = try FileHandle.standardInput.readToEnd() ?? Data()
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError(description: "Standard input is not UTF-8.")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func format(ofFile path: String?) -> AudioFormat? {
        let ending = path.map { URL(filePath: $0).pathExtension.lowercased() }
        return AudioFormat.allCases.first { $0.fileExtension == ending }
    }
}

extension AudioFormat: ExpressibleByArgument {}
