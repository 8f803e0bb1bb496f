/// The keys that one page of a listing is taken from, as bounds on their UTF-8 bytes.
///
/// Bytes and not a pattern: `%`, `_` or `*` in a prefix mean themselves.
package struct ObjectKeyRange: Hashable, Sendable {
    /// The first bytes in the range, themselves in it unless ``excludesLowerBound``.
    package let lowerBound: [UInt8]
    package let excludesLowerBound: Bool
    /// The first bytes behind the range; `nil` where the range has no end.
    package let upperBound: [UInt8]?

    /// - Parameters:
    ///   - prefix: What the keys start with; every key does with an empty one.
    ///   - after: Only keys behind this one, which need not exist.
    package init(prefix: String, after: String?) {
        let start = Array(prefix.utf8)
        let mark = Array((after ?? "").utf8)
        excludesLowerBound = after != nil && !mark.lexicographicallyPrecedes(start)
        lowerBound = excludesLowerBound ? mark : start
        upperBound = Self.successor(ofPrefix: start)
    }

    /// - Parameters:
    ///   - prefix: What the keys start with.
    ///   - passing: Only keys behind all that start with this one; no keys where nothing can be behind.
    package init?(prefix: String, passing: String) {
        guard let next = Self.successor(ofPrefix: Array(passing.utf8)) else { return nil }
        let start = Array(prefix.utf8)
        lowerBound = next.lexicographicallyPrecedes(start) ? start : next
        excludesLowerBound = false
        upperBound = Self.successor(ofPrefix: start)
    }

    package func contains(_ key: ObjectKey) -> Bool {
        if key.utf8.lexicographicallyPrecedes(lowerBound) { return false }
        if excludesLowerBound, key.utf8.elementsEqual(lowerBound) { return false }
        return upperBound.map { key.utf8.lexicographicallyPrecedes($0) } ?? true
    }

    /// The smallest bytes behind everything that starts with `prefix`, or `nil` where there are none.
    static func successor(ofPrefix prefix: [UInt8]) -> [UInt8]? {
        guard let last = prefix.lastIndex(where: { $0 < .max }) else { return nil }
        return prefix[..<last] + [prefix[last] + 1]
    }
}
