import JSON

/// What a file of results holds already: of each line, digests of what it is about.
package struct FinishedResults: Sendable {
    private struct Line: Hashable {
        /// Of recording, part and text; 0 for a failure, which tells neither.
        let subject: UInt64
        let isFailure: Bool
    }

    private var lines: [Digest: Line] = [:]
    /// The scorers' names, in the order of their first lines.
    package private(set) var scorers: [String] = []

    package var count: Int { lines.count }

    package init() {}

    /// - Throws: ``ArchiveError`` for a line that is no result.
    mutating func add(_ bytes: [UInt8], number: Int, path: String) throws(ArchiveError) {
        let object: JSONValue
        do { object = try JSONValue(parsing: bytes) } catch {
            throw ArchiveError("\(path) holds no results: line \(number): \(error)")
        }
        guard let id = object["id"]?.string else {
            throw ArchiveError("\(path) holds no results: line \(number): it has no id.")
        }
        guard ArchiveResult.isResult(object) else {
            throw ArchiveError("\(path) holds no results: line \(number): it has neither scores nor an error.")
        }
        let scorer = object["scorer"]?.string
        if let scorer, !scorers.contains(scorer) { scorers.append(scorer) }
        let isFailure = object["error"] != nil
        let line = Line(subject: isFailure ? 0 : Self.subject(of: object), isFailure: isFailure)
        let previous = lines.updateValue(line, forKey: Digest(id))
        guard previous == nil else {
            throw ArchiveError("\(path) holds two results of \(id): line \(number) is the second.")
        }
    }

    package func contains(_ id: String) -> Bool { lines[Digest(id)] != nil }

    /// What a file says of an item.
    package enum State: Hashable, Sendable {
        /// It has no line.
        case missing
        case finished
        /// Its line says why it could not be scored.
        case failed
        /// Its line is about another recording, another part of it, or another text.
        case changed
    }

    package func state(of item: ArchiveItem) -> State {
        guard let line = lines[Digest(item.id)] else { return .missing }
        if line.isFailure { return .failed }
        guard case .entry(let entry) = item else { return .changed }
        return line.subject == Self.subject(of: entry) ? .finished : .changed
    }

    private static func subject(of object: JSONValue) -> UInt64 {
        var span: Range<Int>?
        if let start = object["start_ms"]?.int, let end = object["end_ms"]?.int, start < end { span = start..<end }
        return short(
            Digest(
                audio: object["audio"]?.string ?? "", text: object["text"]?.string ?? "", spanInMilliseconds: span))
    }

    private static func subject(of entry: ArchiveEntry) -> UInt64 {
        short(Digest(audio: entry.audio, text: entry.text, spanInMilliseconds: entry.spanInMilliseconds))
    }

    private static func short(_ digest: Digest) -> UInt64 { UInt64(truncatingIfNeeded: digest.value) }
}
