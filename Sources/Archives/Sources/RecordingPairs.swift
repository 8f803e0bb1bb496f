/// Pairs recordings with the texts beside them: `a.wav` with `a.txt` or `a.lab`.
///
/// Takes names in the order of their UTF-8 bytes and keeps only those whose partners may still come.
struct RecordingPairs {
    /// One stem: the name without its last dot and what follows.
    struct Pair: Hashable {
        let stem: String
        var recordings: [String] = []
        var texts: [String] = []

        /// Names are bytes: those that only look alike are two.
        fileprivate func mayHave(_ name: String) -> Bool { name.utf8.starts(with: (stem + ".").utf8) }

        /// The text that counts: `.txt` before `.lab`.
        var text: String? { texts.first { $0.lowercased().hasSuffix(".txt") } ?? texts.first }
    }

    private var open: [Pair] = []

    /// - Returns: The pairs that are complete now.
    mutating func take(_ name: String) -> [Pair] {
        let complete = open.filter { !$0.mayHave(name) }
        open.removeAll { !$0.mayHave(name) }
        if let (stem, kind) = Self.kind(of: name) {
            let index = open.firstIndex { $0.stem.utf8.elementsEqual(stem.utf8) } ?? open.count
            if index == open.count { open.append(Pair(stem: stem)) }
            if kind == .text { open[index].texts.append(name) } else { open[index].recordings.append(name) }
        }
        return complete
    }

    /// The pairs that are left when no more names come.
    mutating func finish() -> [Pair] {
        defer { open = [] }
        return open
    }

    static func isRecording(_ name: String) -> Bool { kind(of: name)?.kind == .recording }

    private enum Kind { case recording, text }

    /// `nil` for any other file, and for hidden ones, such as those that macOS puts beside others.
    private static func kind(of name: String) -> (stem: String, kind: Kind)? {
        let last = name.split(separator: "/").last ?? ""
        guard !last.hasPrefix("."), let dot = name.lastIndex(of: "."), dot > last.startIndex else { return nil }
        let ending = name[name.index(after: dot)...].lowercased()
        let stem = String(name[..<dot])
        if ["txt", "lab"].contains(ending) { return (stem, .text) }
        return recordingEndings.contains(ending) ? (stem, .recording) : nil
    }

    /// What ``AudioDecoder`` reads.
    private static let recordingEndings: Set = [
        "wav", "flac", "ogg", "oga", "opus", "mp3", "m4a", "mp4", "3gp", "webm", "aac", "amr",
    ]
}

extension RecordingPairs.Pair {
    /// What the pair holds: one item, or one a recording where several share a text.
    ///
    /// - Parameters:
    ///   - text: What ``text`` holds, or why it cannot be read.
    ///   - place: Where a recording of this name is.
    func items(text: Result<String, ArchiveError>?, place: (String) -> (audio: String, AudioPlace)) -> [ArchiveItem] {
        guard !recordings.isEmpty else {
            return texts.map { .problem(id: $0, reason: "There is no recording beside this text.") }
        }
        return recordings.map { name in
            let id = recordings.count == 1 ? stem : name
            switch text {
            case nil: return .problem(id: id, reason: "There is no text beside \(name): neither .txt nor .lab.")
            case .failure(let error): return .problem(id: id, reason: error.description)
            case .success(let words):
                guard !words.isEmpty else { return .problem(id: id, reason: "The text beside it is empty.") }
                let (audio, place) = place(name)
                return .entry(ArchiveEntry(id: id, audio: audio, place: place, text: words))
            }
        }
    }

    /// The words of a text file, on one line.
    static func words(in bytes: [UInt8], named name: String) -> Result<String, ArchiveError> {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .failure(ArchiveError("The text \(name) is not UTF-8."))
        }
        let bare = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        return .success(bare.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }

    /// A sentence's file is small; what is larger is something else.
    static let largestTextInBytes = 65_536

    static func tooLarge(_ name: String) -> ArchiveError {
        ArchiveError("The text \(name) has more than \(largestTextInBytes) bytes.")
    }
}
