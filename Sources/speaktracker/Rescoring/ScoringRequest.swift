import Acoustics
import Archives
import Documents
import Foundation
import JSON
import Workers

/// What a scoring process is asked: a line of JSON, and the recording behind it unless that is a file.
struct ScoringRequest {
    let entry: ArchiveEntry
    /// The recording, where the scoring process cannot read it itself.
    let audio: [UInt8]?
    /// The row of PronunciationResults that shall follow.
    let row: Item?

    init(entry: ArchiveEntry, audio: [UInt8]? = nil, row: Item? = nil) {
        (self.entry, self.audio, self.row) = (entry, audio, row)
    }

    var bytes: [UInt8] {
        guard case .object(var members) = entry.json else { preconditionFailure("An entry is an object.") }
        members["bytes"] = audio.map { .number($0.count) }
        members["row"] = row.map(\.json)
        return JSONValue.object(members).utf8 + [UInt8(ascii: "\n")] + (audio ?? [])
    }

    /// The answer's second line, where the request had a row.
    static func line(of row: RescoredRow?) -> String { (row?.attributes.json ?? .null).text }

    static func row(ofLine line: String) -> RescoredRow? {
        guard let json = try? JSONValue(parsing: line), json != .null, let attributes = try? Item(json: json) else {
            return nil
        }
        return RescoredRow(attributes: attributes)
    }
}

extension ScoringRequest {
    /// The recording: as it came, or from its file.
    var bytesOfAudio: Result<[UInt8], ArchiveError> {
        if let audio { return .success(audio) }
        guard case .file(let path) = entry.place else {
            return .failure(ArchiveError("The recording was not sent with its request."))
        }
        return SmallFile.bytes(of: path, named: entry.audio, limit: AudioLimits().bytes)
    }
}
