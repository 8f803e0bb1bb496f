import Foundation
import SpeakModel

/// What a line of a source says of a recording, before anybody has looked whether it is enough.
struct EntryFields {
    let id: String
    var audio: String?
    var text: String?
    var s3Key: String?
    var bucket: String?
    var speaker: String?
    var timestamp: String?
    /// What the school's speech recognition heard.
    var transcript: String?
    /// With a timestamp, the key of a row of PronunciationResults.
    var studentEmail: String?
    var spanInMilliseconds: Range<Int>?

    init(id: String) { self.id = id }

    /// - Parameter folder: What paths are relative to.
    func item(in folder: String) -> ArchiveItem {
        guard let place = place(in: folder) else { return .problem(id: id, reason: "No audio is named for it.") }
        guard let text, text.contains(where: { !$0.isWhitespace }) else {
            return .problem(id: id, reason: "No text is given for it.")
        }
        var entry = ArchiveEntry(id: id, audio: audio ?? s3Key ?? "", place: place, text: text)
        entry.speaker = speaker ?? studentEmail
        entry.timestamp = timestamp
        entry.spanInMilliseconds = spanInMilliseconds
        entry.transcript = transcript
        if let studentEmail, let timestamp, Timestamp(iso8601: timestamp) != nil {
            entry.row = ResultKey(studentEmail: studentEmail, timestamp: timestamp)
        }
        return .entry(entry)
    }

    private func place(in folder: String) -> AudioPlace? {
        if let s3Key, !s3Key.isEmpty { return .object(key: s3Key, bucket: bucket ?? ObjectAddress.schoolBucket) }
        guard let audio, !audio.isEmpty else { return nil }
        if let address = ObjectAddress(audio) { return .object(key: address.key, bucket: address.bucket) }
        guard !audio.hasPrefix("/"), !folder.isEmpty else { return .file(path: audio) }
        return .file(path: folder.hasSuffix("/") ? folder + audio : "\(folder)/\(audio)")
    }
}
