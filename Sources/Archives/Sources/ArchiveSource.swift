/// An archive of recordings, read as often as needed.
///
/// A bad line costs itself, never the archive.
package protocol ArchiveSource: Sendable {
    /// Starts at the first item.
    ///
    /// - Throws: ``ArchiveError`` for a source that cannot be read at all, or what its store throws.
    func makeReader() async throws -> any ArchiveReader
}

/// Gives one item after another, in the same order each time.
package protocol ArchiveReader {
    /// The next item, or `nil` at the end.
    mutating func next() async throws -> ArchiveItem?
}

/// A source whose items all have ids of their own.
package struct DistinctItems: ArchiveSource {
    private let source: any ArchiveSource

    package init(_ source: any ArchiveSource) { self.source = source }

    package func makeReader() async throws -> any ArchiveReader { Reader(reader: try await source.makeReader()) }

    private struct Reader: ArchiveReader {
        var reader: any ArchiveReader
        var seen: Set<Digest> = []
        /// How often an id was there, of those that were there more than once.
        var repeats: [Digest: Int] = [:]

        mutating func next() async throws -> ArchiveItem? {
            guard let item = try await reader.next() else { return nil }
            let digest = Digest(item.id)
            guard !seen.insert(digest).inserted else { return item }
            while true {
                let count = repeats[digest, default: 1] + 1
                repeats[digest] = count
                let repeated = item.repeated(count)
                // An id that is made up may be another recording's own.
                if seen.insert(Digest(repeated.id)).inserted { return repeated }
            }
        }
    }
}
