package import JSON

/// One recording of an archive and the sentence that was read.
package struct ArchiveEntry: Hashable, Sendable {
    package var id: String
    /// As the source names it; what results show.
    package let audio: String
    package var place: AudioPlace
    package let text: String
    /// Who speaks, where the source says it.
    package var speaker: String?
    /// When it was recorded, where the source says it.
    package var timestamp: String?
    /// The part of the recording that is meant; all of it when `nil`.
    package var spanInMilliseconds: Range<Int>?
    /// What the school's speech recognition heard, where the source says it.
    package var transcript: String?
    /// The row of PronunciationResults that the recording belongs to, if it does.
    package var row: ResultKey?

    package init(id: String, audio: String, place: AudioPlace, text: String) {
        (self.id, self.audio, self.place, self.text) = (id, audio, place, text)
    }
}

extension ArchiveEntry {
    /// A line of a manifest, as ``JSONLinesManifest`` reads it, that needs nothing beside it.
    package var json: JSONValue {
        var members: [String: JSONValue] = ["id": .string(id), "audio": .string(audio), "text": .string(text)]
        switch place {
        case .file(let path): members["path"] = .string(path)
        case .object(let key, let bucket): (members["s3key"], members["bucket"]) = (.string(key), .string(bucket))
        }
        members["speaker"] = speaker.map { .string($0) }
        members["timestamp"] = timestamp.map { .string($0) }
        members["start_ms"] = spanInMilliseconds.map { .number($0.lowerBound) }
        members["end_ms"] = spanInMilliseconds.map { .number($0.upperBound) }
        members["transcribed_text"] = transcript.map { .string($0) }
        members["student_email"] = row.map { .string($0.studentEmail) }
        return .object(members)
    }

    /// The result with what only the source knows.
    package func labelled(_ result: JSONValue) -> JSONValue {
        guard case .object(var members) = result else { return result }
        members["speaker"] = speaker.map { .string($0) }
        members["timestamp"] = timestamp.map { .string($0) }
        members["start_ms"] = spanInMilliseconds.map { .number($0.lowerBound) }
        members["end_ms"] = spanInMilliseconds.map { .number($0.upperBound) }
        return .object(members)
    }
}

extension ArchiveEntry {
    /// Reads what ``json`` makes, of files and of objects; `nil` for anything else.
    package init?(request json: JSONValue) {
        guard let id = json["id"]?.string, let audio = json["audio"]?.string, let text = json["text"]?.string else {
            return nil
        }
        if let path = json["path"]?.string {
            self.init(id: id, audio: audio, place: .file(path: path), text: text)
        } else if let key = json["s3key"]?.string, let bucket = json["bucket"]?.string {
            self.init(id: id, audio: audio, place: .object(key: key, bucket: bucket), text: text)
        } else {
            return nil
        }
        (speaker, timestamp) = (json["speaker"]?.string, json["timestamp"]?.string)
        if let start = json["start_ms"]?.int, let end = json["end_ms"]?.int, start < end {
            spanInMilliseconds = start..<end
        }
        transcript = json["transcribed_text"]?.string
        if let email = json["student_email"]?.string, let timestamp {
            row = ResultKey(studentEmail: email, timestamp: timestamp)
        }
    }
}
