import Acoustics
import Foundation
import JSON
import Speech

/// Recordings for an archive, and manifests that name them as often as wanted.
struct SpokenArchive {
    private let folder: String
    private let recordings: [(path: String, text: String, seconds: Double)]

    /// Speaks sentences in four voices, with half a second of quiet around each.
    init(in folder: String, _ sentences: [String]) async throws {
        var recordings: [(String, String, Double)] = []
        let voices = try ["Joanna", "Matthew", "Amy", "Brian"].map { try Voice.named($0) }
        for (index, text) in sentences.enumerated() {
            let spoken = try await EspeakSynthesizer.shared.speak(
                SpeechRequest(text: text, voice: voices[index % voices.count]))
            let samples = try Resampler.resample(spoken.waveform, toHz: 16_000).samples
            let quiet = [Float](repeating: 0.0005, count: 8000)
            let waveform = Waveform(samples: quiet + samples + quiet, sampleRateInHz: 16_000)
            let path = "\(folder)/\(index).wav"
            try Data(try AudioEncoder.encode(waveform, as: .wav)).write(to: URL(filePath: path))
            recordings.append((path, text, waveform.durationInSeconds))
        }
        (self.folder, self.recordings) = (folder, recordings)
    }

    /// Writes a manifest of so many lines, the recordings in turn.
    ///
    /// - Returns: Its path, and the seconds of audio that it names.
    func manifest(lines: Int) throws -> (path: String, seconds: Double) {
        let path = "\(folder)/manifest-\(lines)-\(recordings.count).jsonl"
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw BenchmarkError("\(path) cannot be written") }
        var seconds = 0.0
        for number in 0..<lines {
            let recording = recordings[number % recordings.count]
            let line: JSONValue = [
                "id": .string("\(number)"), "audio": .string(recording.path), "path": .string(recording.path),
                "text": .string(recording.text),
            ]
            try file.write(contentsOf: Data((line.text + "\n").utf8))
            seconds += recording.seconds
        }
        try file.close()
        return (path, seconds)
    }
}
