import Acoustics
import ArgumentParser
import Foundation
import JSON
import Pronunciation
import Reports
import Speech
import Workers

struct Score: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Score how a sentence was read, from the sound alone.",
        discussion: """
            Prints a score card: words coloured by score, the sounds of weak words, what to practise. A recording that \
            cannot be scored fairly (silent, distorted, another sentence) is refused with the reason.
            """)

    @Argument(help: "The recording: WAV, FLAC, Ogg, Opus or MP3, and with ffmpeg M4A, WebM and more.")
    var audio: String

    @Option(help: "The sentence that was read.")
    var text: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    @Option(help: .init("Write words and phones as a TextGrid for Praat.", valueName: "file"))
    var textgrid: String?

    @Option(help: .init("Draw waveform, spectrogram, pitch and scores.", valueName: "file.svg"))
    var plot: String?

    @OptionGroup var scorer: ScorerOptions

    func run() async throws {
        let assessor = try scorer.assessor()
        let recording: Recording
        let reading: AssessedReading
        do {
            recording = try Recording(decoding: try Self.bytes(of: audio))
            reading = try await assessor.read(recording, of: text)
        } catch {
            throw CommandError(description: JobFailure(classifying: error).reason)
        }
        if let textgrid {
            let grid = PraatTextGrid(
                reading.assessment, durationInMilliseconds: reading.audioDurationInMilliseconds)
            try OutputFile.write(grid.text, to: textgrid)
        }
        if let plot { try OutputFile.write(try ScorePlot(reading, waveform: recording.waveform).svg, to: plot) }
        print(json ? reading.json(audio: audio).text : AssessmentCard(reading, style: Terminal.style).text)
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        do { return [UInt8](try Data(contentsOf: URL(filePath: path))) } catch {
            throw CommandError(description: "\(path) cannot be read: \(error.localizedDescription)")
        }
    }
}
