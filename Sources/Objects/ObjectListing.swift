/// A page of a bucket's listing: objects, and the common beginnings of those that are rolled up.
package struct ObjectListing: Sendable {
    package enum Entry: Sendable {
        case object(ObjectInfo)
        /// What keys have in common, up to the first delimiter behind the prefix and with it.
        case prefix(String)

        package var name: String {
            switch self {
            case .object(let info): info.key
            case .prefix(let prefix): prefix
            }
        }
    }

    /// Objects and common prefixes in the order of their bytes.
    package private(set) var entries: [Entry] = []
    package private(set) var isTruncated = false

    /// Gathers one page.
    ///
    /// - Parameters:
    ///   - delimiter: Where keys are rolled up; empty for nowhere.
    ///   - after: Only entries behind this one. One that ends with the delimiter passes all keys that start with it, as a
    ///     common prefix that the page before ended with.
    ///   - limit: How many entries at most.
    ///   - read: Reads keys in order.
    /// - Complexity: As many reads as there are common prefixes that a whole read lies within.
    package init(
        prefix: String, delimiter: String, after: String?, limit: Int,
        read: (_ range: ObjectKeyRange, _ limit: Int) async throws -> [ObjectInfo]
    ) async throws {
        guard limit > 0 else { return }
        let batch = min(limit + 1, 1001)
        var next: ObjectKeyRange? =
            if let after, Self.commonPrefix(of: after, prefix: prefix, delimiter: delimiter) == after {
                ObjectKeyRange(prefix: prefix, passing: after)
            } else {
                ObjectKeyRange(prefix: prefix, after: after)
            }
        while let range = next {
            let infos = try await read(range, batch)
            var rolled: String?
            for info in infos {
                let common = Self.commonPrefix(of: info.key, prefix: prefix, delimiter: delimiter)
                if let common, let rolled, common.utf8.elementsEqual(rolled.utf8) { continue }
                guard entries.count < limit else {
                    isTruncated = true
                    return
                }
                rolled = common
                entries.append(common.map(Entry.prefix) ?? .object(info))
            }
            guard infos.count == batch, let last = infos.last else { return }
            next =
                if let rolled {
                    ObjectKeyRange(prefix: prefix, passing: rolled)
                } else {
                    ObjectKeyRange(prefix: prefix, after: last.key)
                }
        }
    }

    /// The common prefix that a key is rolled up to, if it is.
    package static func commonPrefix(of key: String, prefix: String, delimiter: String) -> String? {
        guard !delimiter.isEmpty, key.utf8.starts(with: prefix.utf8) else { return nil }
        let (bytes, mark) = (Array(key.utf8), Array(delimiter.utf8))
        var start = prefix.utf8.count
        while start + mark.count <= bytes.count {
            if bytes[start..<(start + mark.count)].elementsEqual(mark) {
                return String(decoding: bytes[..<(start + mark.count)], as: UTF8.self)
            }
            start += 1
        }
        return nil
    }
}
