import Foundation

/// A Kaldi data folder: `wav.scp` says where each utterance's audio is, `text` what was read.
///
/// Source: kaldi-asr.org/doc/data_prep.html.
enum KaldiFolder {
    static func items(in folder: URL) throws(ArchiveError) -> [ArchiveItem] {
        let audio = lines(try ArchiveSource.text(of: folder.appending(path: "wav.scp")))
        let texts = Dictionary(
            lines(try ArchiveSource.text(of: folder.appending(path: "text"))), uniquingKeysWith: { first, _ in first })
        return audio.map { id, audio in
            if audio.hasSuffix("|") {
                return .problem(id: id, reason: "Its audio is a command; only files are read.")
            }
            return ArchiveSource.item(id: id, audio: audio, text: texts[id], folder: folder)
        }
    }

    /// Each line's first word and the rest.
    private static func lines(_ text: String) -> [(String, String)] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let parts = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
            guard let id = parts.first else { return nil }
            let rest = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
            return (String(id), rest)
        }
    }
}
