package import JSON

/// One recording of an archive and the sentence that was read.
package struct ArchiveEntry: Hashable, Sendable {
    package let id: String
    /// As the source names it; what results show.
    package let audio: String
    /// Where the file is.
    package let path: String
    package let text: String

    package init(id: String, audio: String, path: String, text: String) {
        (self.id, self.audio, self.path, self.text) = (id, audio, path, text)
    }
}

extension ArchiveEntry {
    package var json: JSONValue {
        ["id": .string(id), "audio": .string(audio), "path": .string(path), "text": .string(text)]
    }

    /// `nil` for anything but what ``json`` makes.
    package init?(_ json: JSONValue) {
        guard let id = json["id"]?.string, let audio = json["audio"]?.string, let path = json["path"]?.string,
            let text = json["text"]?.string
        else { return nil }
        self.init(id: id, audio: audio, path: path, text: text)
    }
}
