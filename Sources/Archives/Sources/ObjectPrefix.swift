import Objects

/// `s3://bucket/prefix`: recordings in an object store, with each one's sentence beside it as `.txt` or `.lab`.
///
/// Ids are the keys without the prefix and without the ending.
struct ObjectPrefix: ArchiveSource {
    let address: ObjectAddress
    let objects: any ObjectStore

    func makeReader() -> any ArchiveReader { Reader(address: address, objects: objects) }

    private struct Reader: ArchiveReader {
        let address: ObjectAddress
        let objects: any ObjectStore
        var pairs = RecordingPairs()
        var complete: ArraySlice<RecordingPairs.Pair> = []
        var items: ArraySlice<ArchiveItem> = []
        var lastKey: String?
        var isAtEnd = false

        mutating func next() async throws -> ArchiveItem? {
            while items.isEmpty {
                if let pair = complete.popFirst() {
                    items = try await items(of: pair)[...]
                } else if isAtEnd {
                    return nil
                } else {
                    try await list()
                }
            }
            return items.popFirst()
        }

        private mutating func list() async throws {
            let page = try await objects.list(
                prefix: address.key, after: lastKey, limit: 1000, in: address.bucket)
            for object in page { complete += pairs.take(object.key) }
            lastKey = page.last?.key
            if page.isEmpty {
                isAtEnd = true
                complete += pairs.finish()
            }
        }

        private func items(of pair: RecordingPairs.Pair) async throws -> [ArchiveItem] {
            var text: Result<String, ArchiveError>?
            if !pair.recordings.isEmpty, let key = pair.text { text = try await words(at: key) }
            return pair.items(text: text) { (bare($0), .object(key: $0, bucket: address.bucket)) }.map(shortened)
        }

        private func words(at key: String) async throws -> Result<String, ArchiveError> {
            let limit = RecordingPairs.Pair.largestTextInBytes
            guard let info = try await objects.head(key, in: address.bucket) else {
                return .failure(ArchiveError("The text \(key) is gone."))
            }
            guard info.bytes <= limit else { return .failure(RecordingPairs.Pair.tooLarge(key)) }
            return RecordingPairs.Pair.words(
                in: try await objects.get(key, in: address.bucket).body, named: bare(key))
        }

        /// The key within the prefix, which may be said with or without a slash at its end.
        private func bare(_ key: String) -> String {
            let rest = key.dropFirst(address.key.count)
            return String(rest.hasPrefix("/") ? rest.dropFirst() : rest)
        }

        /// The item with its id as it is within the prefix.
        private func shortened(_ item: ArchiveItem) -> ArchiveItem {
            let id = bare(item.id).isEmpty ? item.id : bare(item.id)
            switch item {
            case .problem(_, let reason): return .problem(id: id, reason: reason)
            case .entry(var entry):
                entry.id = id
                return .entry(entry)
            }
        }
    }
}
