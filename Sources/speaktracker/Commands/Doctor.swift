import Acoustics
import ArgumentParser
import EmbeddedBackend
import Foundation
import JSON
import Pronunciation
import Reports
import SpeakModel
import Speech

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check what is installed, what is missing, and how to mend it.",
        discussion: "Exits with 69 when something is missing that jobs need.")

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    func run() async throws {
        let findings = [
            await Self.voice("Joanna", saying: "Good morning."), await Self.voice("Seoyeon", saying: "좋은 아침입니다."),
            Self.format(.mp3), Self.format(.oggOpus), Self.format(.flac), Self.format(.wav), await Self.folder(),
            Self.timeZone(), await Self.scorer(), Self.ffmpeg(),
        ]
        for finding in findings { print(json ? finding.json.text : finding.line) }
        if findings.contains(where: { $0.state == .missing }) { throw ExitCode(ExitStatus.serviceMissing) }
    }

    private static func voice(_ id: String, saying text: String) async -> Finding {
        await Finding.check("voice \(id)", mend: "apt-get install espeak-ng-data") {
            let spoken = try await EspeakSynthesizer.shared.speak(SpeechRequest(text: text, voice: try Voice.named(id)))
            return "speaks: \(spoken.durationInMilliseconds) ms, \(spoken.marks.count) marks"
        }
    }

    private static func format(_ format: AudioFormat) -> Finding {
        Finding.check("format \(format.rawValue)", mend: "apt-get install libsndfile1 (1.1 or newer)") {
            let tone = (0..<24_000).map { 0.5 * sin(2 * .pi * 440 * Float($0) / 24_000) }
            let bytes = try AudioEncoder.encode(Waveform(samples: tone, sampleRateInHz: 24_000), as: format)
            let milliseconds = try AudioDecoder.decode(bytes).durationInMilliseconds
            return "written and read: \(bytes.count) bytes, \(milliseconds) ms"
        }
    }

    private static func folder() async -> Finding {
        await Finding.check("data folder", mend: "make room or permission in \(NSTemporaryDirectory())") {
            let path = NSTemporaryDirectory() + "speaktracker-doctor-\(UUID().uuidString)"
            defer { try? FileManager.default.removeItem(atPath: path) }  // Litter in the temporary folder harms nobody.
            let folder = try DataFolder.open(path)
            try await folder.documents.createTable(Table.asyncJobStatus.schema)
            try folder.close()
            return "opened, written and synced"
        }
    }

    private static func scorer() async -> Finding {
        await Finding.check("acoustic model", mend: "apt-get install pocketsphinx-en-us") {
            let text = "Good morning."
            let scorer = try PronunciationScorer.installed(transcriber: EspeakSynthesizer.shared)
            let spoken = try await EspeakSynthesizer.shared.speak(SpeechRequest(text: text, voice: .default(for: .en)))
            let score = try await scorer.assess(spoken.waveform, reading: text).scores.overall
            return "\(scorer.weights.name) gives the model voice \(score.plain(decimals: 0)) of 100"
        }
    }

    private static func timeZone() -> Finding {
        Finding.check("time zones", mend: "apt-get install tzdata") {
            guard let zone = TimeZone(identifier: "Asia/Seoul") else {
                throw CommandError(description: "Asia/Seoul is not known.")
            }
            return "today in Seoul is \(Timestamp.now().date(in: zone))"
        }
    }

    /// Not needed for anything but what phones and browsers record in formats of their own.
    private static func ffmpeg() -> Finding {
        let path = FFmpeg().executable
        return Finding(
            name: "ffmpeg", state: path == nil ? .absent : .present,
            detail: path.map { "M4A, 3GP, WebM, AAC and AMR are read with \($0)" }
                ?? "not installed, so M4A, 3GP, WebM, AAC and AMR are not read. To mend it: apt-get install ffmpeg.")
    }
}

/// One thing that was checked.
private struct Finding {
    enum State: String {
        case present = "ok"
        /// Not there, and not needed.
        case absent
        case missing
    }

    let name: String
    let state: State
    let detail: String

    static func check(
        _ name: String, mend: String, _ body: () async throws -> String
    ) async -> Finding {
        do { return Finding(name: name, state: .present, detail: try await body()) } catch {
            return Finding(name: name, state: .missing, detail: "\(error) To mend it: \(mend).")
        }
    }

    static func check(_ name: String, mend: String, _ body: () throws -> String) -> Finding {
        do { return Finding(name: name, state: .present, detail: try body()) } catch {
            return Finding(name: name, state: .missing, detail: "\(error) To mend it: \(mend).")
        }
    }

    var line: String {
        let sign =
            switch state {
            case .present: Terminal.green("✓")
            case .absent: Terminal.dim("·")
            case .missing: Terminal.red("✗")
            }
        return "\(sign) \(name.padded(to: 18)) \(detail)"
    }

    var json: JSONValue { ["check": .string(name), "state": .string(state.rawValue), "detail": .string(detail)] }
}
