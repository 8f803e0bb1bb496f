/// The elements of a Matroska or WebM file, as far as they say how long it is.
///
/// Source: RFC 8794 (EBML), sections 4 to 6; RFC 9559 (Matroska), section 5.
enum MatroskaElements {
    /// Where the last element ends that is begun in the file; `nil` if it is no row of elements.
    ///
    /// Browsers stream a segment and its clusters without sizes, so those are walked through, block by block. What
    /// follows a segment with a size is not looked at.
    ///
    /// - Complexity: O(elements).
    static func promisedBytes(in bytes: [UInt8]) -> Int? {
        var end = 0
        var isSegmentDone = false
        while end < bytes.count, !isSegmentDone {
            guard let identifier = EBMLNumber(at: end, in: bytes, longest: 4),
                let (body, size) = bodyAndSize(behind: identifier, at: end, in: bytes)
            else { return nil }
            guard body <= bytes.count, let size else { end = body; continue }
            isSegmentDone = identifier == segment
            end = body + size
        }
        return end
    }

    /// - Returns: `nil` for an element that must have a size and has none.
    private static func bodyAndSize(
        behind identifier: EBMLNumber, at offset: Int, in bytes: [UInt8]
    ) -> (body: Int, size: Int?)? {
        let offset = offset + identifier.length
        guard offset < bytes.count else { return (offset + 1, nil) }
        guard let size = EBMLNumber(at: offset, in: bytes, longest: 8) else { return nil }
        guard !size.isUnknown || [segment, cluster].contains(identifier) else { return nil }
        return (offset + size.length, size.isUnknown ? nil : size.value)
    }

    private static let segment = EBMLNumber(value: 0x853_8067, length: 4)
    private static let cluster = EBMLNumber(value: 0xF43_B675, length: 4)
}

/// A number of as many bytes as its first byte has leading zeros, and one more.
///
/// Its value is without the bit that says so.
private struct EBMLNumber: Equatable {
    let value: Int
    let length: Int

    init(value: Int, length: Int) {
        self.value = value
        self.length = length
    }

    /// `nil` for a number of more than `longest` bytes.
    ///
    /// The value is wrong where the file ends before the number.
    init?(at offset: Int, in bytes: [UInt8], longest: Int) {
        length = bytes[offset].leadingZeroBitCount + 1
        guard length <= longest else { return nil }
        value = bytes.bigEndian(at: offset, count: min(length, bytes.count - offset)) & (1 << (7 * length) - 1)
    }

    /// All bits set: whoever wrote it did not know.
    var isUnknown: Bool { value == 1 << (7 * length) - 1 }
}
