import Acoustics
import Foundation
import JSON

/// Recordings with experts' marks: a folder with `train.jsonl`, whose lines have `id`, `audio`, `text` and `fold`.
struct Corpus {
    struct Utterance {
        let id: String
        let text: String
        let fold: Int
        let audio: URL

        var waveform: Waveform {
            get throws { try AudioDecoder.decode([UInt8](Data(contentsOf: audio))) }
        }
    }

    let utterances: [Utterance]

    init(folder: String) throws {
        let folder = URL(filePath: folder)
        let lines = try String(contentsOf: folder.appending(path: "train.jsonl"), encoding: .utf8)
        utterances = try lines.split(separator: "\n").map { line in
            let json = try JSONValue(parsing: String(line))
            guard let id = json["id"]?.string, let text = json["text"]?.string, let fold = json["fold"]?.int,
                let audio = json["audio"]?.string
            else { throw CorpusError(description: "A line of train.jsonl lacks id, text, fold or audio.") }
            return Utterance(id: id, text: text, fold: fold, audio: folder.appending(path: audio))
        }
    }

    /// A sentence that another utterance reads, of another wording and, where there is one, of as many words.
    func otherText(than index: Int) -> String {
        let own = utterances[index].text
        let count = own.split(separator: " ").count
        let others = (1..<utterances.count).map { utterances[(index + 37 * $0) % utterances.count].text }
        return others.first { $0 != own && $0.split(separator: " ").count == count } ?? others.first { $0 != own }
            ?? own
    }

    static func report(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

    var folds: [Int] { Set(utterances.map(\.fold)).sorted() }
}

struct CorpusError: Error, CustomStringConvertible {
    let description: String
}
