/// The frames of a raw AAC stream: a sync word, a length, and what is inside.
///
/// Source: ISO/IEC 13818-7, section 6.2.
enum ADTSFrames {
    private static let headerLength = 7

    /// Where the last frame ends that is begun in the file; bytes behind the frames that are none do not count.
    static func promisedBytes(in bytes: [UInt8]) -> Int {
        var end = 0
        while end < bytes.count, bytes[end] == 0xFF, end + 1 == bytes.count || bytes[end + 1] & 0xF6 == 0xF0 {
            guard end + headerLength <= bytes.count else { return end + headerLength }
            let length = bytes.bigEndian(at: end + 3, count: 3) >> 5 & 0x1FFF
            guard length >= headerLength else { return end }
            end += length
        }
        return end
    }
}
