/// The frames of an AMR file, each as long as its first byte says.
///
/// Source: RFC 4867, section 5.
enum AMRFrames {
    /// Bytes by frame type, the first one included.
    private static let narrowBand = [13, 14, 16, 18, 20, 21, 27, 32, 6]
    private static let wideBand = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6]

    /// Where the last frame ends that is begun in the file; `nil` for AMR of several channels.
    static func promisedBytes(in bytes: [UInt8]) -> Int? {
        for (header, lengths) in [("#!AMR\n", narrowBand), ("#!AMR-WB\n", wideBand)]
        where bytes.starts(with: header.utf8) {
            var end = header.utf8.count
            while end < bytes.count {
                let type = Int(bytes[end] >> 3 & 0xF)
                // The types behind the list have no sound and no bytes but their first.
                end += type < lengths.count ? lengths[type] : 1
            }
            return end
        }
        return nil
    }
}
