/// Gives the pages of an Ogg file the same serial number every time, where libsndfile takes one at random.
///
/// Source: RFC 3533, section 6: the serial number is at byte 14 of a page, its checksum at byte 22.
enum OggPages {
    private static let serialNumber: [UInt8] = [0x53, 0x50, 0x4B, 0x54]

    /// - Parameter bytes: A whole Ogg file with one stream; damaged pages end the work.
    static func makeRepeatable(_ bytes: inout [UInt8]) {
        var start = 0
        while start + 27 <= bytes.count, bytes[start..<start + 4].elementsEqual("OggS".utf8) {
            let segments = start + 27..<start + 27 + Int(bytes[start + 26])
            guard segments.upperBound <= bytes.count else { return }
            let end = segments.upperBound + bytes[segments].reduce(0) { $0 + Int($1) }
            guard end <= bytes.count else { return }
            bytes.replaceSubrange(start + 14..<start + 18, with: serialNumber)
            bytes.replaceSubrange(start + 22..<start + 26, with: [0, 0, 0, 0])
            let sum = checksum(bytes[start..<end])
            for index in 0..<4 { bytes[start + 22 + index] = UInt8(truncatingIfNeeded: sum >> (8 * UInt32(index))) }
            start = end
        }
    }

    /// CRC-32 with polynomial 04C11DB7, not reflected, from zero.
    private static func checksum(_ page: ArraySlice<UInt8>) -> UInt32 {
        page.reduce(0) { sum, byte in sum << 8 ^ table[Int(UInt8(truncatingIfNeeded: sum >> 24) ^ byte)] }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index) << 24) { value, _ in value << 1 ^ (value >> 31 == 1 ? 0x04C1_1DB7 : 0) }
    }
}
