import Foundation

/// A Kaldi data folder: `wav.scp` says where each recording's audio is, `text` what was read, `utt2spk` by whom, and
/// `segments`, where it is there, which parts of the recordings are utterances.
///
/// Source: kaldi-asr.org/doc/data_prep.html.
struct KaldiFolder: ArchiveSource {
    let path: String

    func makeReader() throws(ArchiveError) -> any ArchiveReader {
        let texts = try KeyedLines(path: path + "/text")
        let speakers = try optional("utt2spk")
        guard isThere("segments") else {
            return Recordings(
                folder: path, lines: try LineReader(path: path + "/wav.scp"), texts: texts, speakers: speakers)
        }
        return Segments(
            folder: path, lines: try LineReader(path: path + "/segments"),
            audio: try KeyedLines(path: path + "/wav.scp"), texts: texts, speakers: speakers)
    }

    private func optional(_ name: String) throws(ArchiveError) -> KeyedLines? {
        isThere(name) ? try KeyedLines(path: "\(path)/\(name)") : nil
    }

    private func isThere(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }
}

extension KaldiFolder {
    /// Each line of `wav.scp` is an utterance.
    private struct Recordings: ArchiveReader {
        let folder: String
        var lines: LineReader
        let texts: KeyedLines
        let speakers: KeyedLines?

        mutating func next() throws -> ArchiveItem? {
            while let line = try lines.next() {
                guard let (id, audio) = KeyedLines.parts(of: line.repairedText) else { continue }
                guard line.text != nil else { return .problem(id: id, reason: "Its line in wav.scp is not UTF-8.") }
                return try item(id: id, audio: audio, in: folder, texts: texts, speakers: speakers)
            }
            return nil
        }
    }

    /// Each line of `segments` is an utterance: its id, its recording's, start and end in seconds.
    private struct Segments: ArchiveReader {
        let folder: String
        var lines: LineReader
        let audio: KeyedLines
        let texts: KeyedLines
        let speakers: KeyedLines?

        mutating func next() throws -> ArchiveItem? {
            while let line = try lines.next() {
                let parts = line.repairedText.split(whereSeparator: \.isWhitespace).map(String.init)
                guard let id = parts.first else { continue }
                guard let span = Self.span(parts) else {
                    let wanted = "id, recording, start and end in seconds"
                    return .problem(id: id, reason: "Its line in segments is not \(wanted).")
                }
                guard case .text(let file) = try audio.value(of: parts[1]) else {
                    return .problem(id: id, reason: "Its recording \(parts[1]) is not in wav.scp.")
                }
                let item = try KaldiFolder.item(id: id, audio: file, in: folder, texts: texts, speakers: speakers)
                guard case .entry(var entry) = item else { return item }
                entry.spanInMilliseconds = span
                return .entry(entry)
            }
            return nil
        }

        /// A day is the longest that a recording of it could be.
        private static func span(_ parts: [String]) -> Range<Int>? {
            guard parts.count == 4 || parts.count == 5, let start = Double(parts[2]), let end = Double(parts[3]),
                start >= 0, start < end, end <= 86_400
            else { return nil }
            let (first, last) = (Int((start * 1000).rounded()), Int((end * 1000).rounded()))
            return first < last ? first..<last : nil
        }
    }

    private static func item(
        id: String, audio: String, in folder: String, texts: KeyedLines, speakers: KeyedLines?
    ) throws(ArchiveError) -> ArchiveItem {
        if audio.hasSuffix("|") {
            return .problem(id: id, reason: "Its audio is made by a command; only files are read.")
        }
        if audio.contains(#/\.ark:\d+$/#) {
            return .problem(id: id, reason: "Its audio is inside a Kaldi archive; only files are read.")
        }
        let text = try texts.value(of: id)
        guard text != .notUTF8 else { return .problem(id: id, reason: "Its text is not UTF-8.") }
        var fields = EntryFields(id: id)
        fields.audio = audio
        if case .text(let words) = text { fields.text = words }
        if let speakers, case .text(let speaker) = try speakers.value(of: id), !speaker.isEmpty {
            fields.speaker = speaker
        }
        return fields.item(in: folder)
    }
}
