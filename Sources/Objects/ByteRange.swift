/// Cutting the range that a reader wants to the bytes that an object has.
package enum ByteRange {
    /// - Parameters:
    ///   - range: What is wanted; everything when `nil`.
    ///   - size: The object's bytes.
    /// - Returns: What there is of it; empty where an empty range was wanted.
    /// - Throws: ``ObjectError/rangeNotSatisfiable(size:)`` for a range that starts at the end or behind it, as in RFC
    ///   9110, section 14.1.1: an empty object satisfies no range.
    package static func cut(_ range: Range<Int>?, toSize size: Int) throws(ObjectError) -> Range<Int> {
        guard let range else { return 0..<size }
        guard range.lowerBound < size else { throw .rangeNotSatisfiable(size: size) }
        return range.clamped(to: 0..<size)
    }
}
