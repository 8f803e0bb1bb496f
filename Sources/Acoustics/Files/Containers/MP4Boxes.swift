/// The outermost boxes of an MP4 file: a size, four letters, and what is inside.
///
/// Source: ISO/IEC 14496-12, section 4.2.
enum MP4Boxes {
    /// Where the last box ends that is begun in the file; `nil` if that box goes on to wherever the file ends.
    ///
    /// Bytes behind the last known box are no box that was cut off, and are left to the decoder; except a few, which are
    /// the beginning of one.
    ///
    /// - Complexity: O(boxes): what is inside them is not looked at.
    static func promisedBytes(in bytes: [UInt8]) -> Int? {
        var end = 0
        while end + headerLength <= bytes.count, known.contains(Array(bytes[end + 4..<end + 8])) {
            guard let size = size(ofBoxAt: end, in: bytes) else { return nil }
            let (next, overflow) = end.addingReportingOverflow(size)
            if overflow || next > bytes.count { return overflow ? .max : next }
            end = next
        }
        let isBegun = bytes.count - end < headerLength && bytes[end...].contains { $0 != 0 }
        return isBegun ? end + headerLength : end
    }

    private static let headerLength = 8

    /// `nil` for a box without an end, and for a size that is smaller than the box's own header.
    private static func size(ofBoxAt offset: Int, in bytes: [UInt8]) -> Int? {
        let short = bytes.bigEndian(at: offset, count: 4)
        guard short == 1 else { return short >= 8 ? short : nil }
        guard offset + 16 <= bytes.count else { return 16 }
        let long = bytes.bigEndian(at: offset + 8, count: 8)
        return long >= 16 ? long : nil
    }

    private static let known = Set(
        [
            "ftyp", "moov", "mdat", "moof", "mfra", "free", "skip", "wide", "styp", "sidx", "ssix", "prft", "emsg",
            "meta", "udta", "uuid", "pdin",
        ].map { Array($0.utf8) })
}
