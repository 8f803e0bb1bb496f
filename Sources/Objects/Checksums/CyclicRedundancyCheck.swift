/// A reflected cyclic redundancy check that begins and ends with all bits turned, taken piece by piece.
///
/// Eight bytes are looked up at a time.
///
/// Source: Kounavis & Berry (2005), "A systematic approach to building high performance software-based CRC generators",
/// ISCC, section 4.
struct CyclicRedundancyCheck<Word: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    private let table: CRCTable<Word>
    private var state = Word.max

    init(_ table: CRCTable<Word>) { self.table = table }

    var value: Word { ~state }

    /// The state behind these bytes.
    @inline(__always)
    private func state(behind bytes: UnsafeRawBufferPointer, _ entries: UnsafeBufferPointer<Word>) -> Word {
        var (word, index) = (state, 0)
        while index + 8 <= bytes.count {
            // What is left of 32 bits behind four bytes is nothing.
            let eight =
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                ^ UInt64(truncatingIfNeeded: word)
            let near =
                entries[1792 + Int(eight & 0xFF)] ^ entries[1536 + Int(eight >> 8 & 0xFF)]
                ^ entries[1280 + Int(eight >> 16 & 0xFF)] ^ entries[1024 + Int(eight >> 24 & 0xFF)]
            let far =
                entries[768 + Int(eight >> 32 & 0xFF)] ^ entries[512 + Int(eight >> 40 & 0xFF)]
                ^ entries[256 + Int(eight >> 48 & 0xFF)] ^ entries[Int(eight >> 56)]
            word = near ^ far
            index += 8
        }
        while index < bytes.count {
            word = entries[Int(truncatingIfNeeded: (word ^ Word(bytes[index])) & 0xFF)] ^ (word >> 8)
            index += 1
        }
        return word
    }
}

// Compilers that see one file at a time make fast code of these, and not of what is generic.

extension CyclicRedundancyCheck<UInt32> {
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        state = table.entries.withUnsafeBufferPointer { state(behind: bytes, $0) }
    }
}

extension CyclicRedundancyCheck<UInt64> {
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        state = table.entries.withUnsafeBufferPointer { state(behind: bytes, $0) }
    }
}

/// What bytes at eight distances from the end do to a check.
struct CRCTable<Word: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    /// With its bits in reverse order, as the checks have theirs.
    let polynomial: Word
    /// 256 entries a distance, the nearest first.
    let entries: [Word]

    init(polynomial: Word) {
        self.polynomial = polynomial
        var entries = (0..<256).map { byte in
            (0..<8).reduce(Word(byte)) { word, _ in word & 1 == 1 ? word >> 1 ^ polynomial : word >> 1 }
        }
        for index in 256..<2048 {
            let before = entries[index - 256]
            entries.append(entries[Int(before & 0xFF)] ^ (before >> 8))
        }
        self.entries = entries
    }

    /// The check of two bodies one behind the other, from each one's.
    ///
    /// - Parameter count: The bytes of the second one.
    /// - Complexity: O(log `count`).
    func combined(_ first: Word, _ second: Word, secondCount count: Int) -> Word {
        // x to the power of eight times the count, by squaring.
        var (power, square, rest) = (Word(1) << (Word.bitWidth - 1), Word(1) << (Word.bitWidth - 9), count)
        while rest > 0 {
            if rest & 1 == 1 { power = product(power, square) }
            square = product(square, square)
            rest >>= 1
        }
        return product(first, power) ^ second
    }

    /// Of polynomials, modulo the check's; the highest bit is the power 0.
    private func product(_ left: Word, _ right: Word) -> Word {
        var (sum, factor) = (Word(0), right)
        for bit in (0..<Word.bitWidth).reversed() {
            if left >> bit & 1 == 1 { sum ^= factor }
            factor = factor & 1 == 1 ? factor >> 1 ^ polynomial : factor >> 1
        }
        return sum
    }
}

extension CRCTable<UInt32> {
    /// ISO 3309, as in gzip.
    static let crc32 = CRCTable(polynomial: 0xEDB8_8320)
    /// Castagnoli's, as in iSCSI (RFC 3720, appendix B.4).
    static let crc32c = CRCTable(polynomial: 0x82F6_3B78)
}

extension CRCTable<UInt64> {
    /// NVM Express NVM Command Set Specification 1.0c, section 5.2.1.3.4, "64b CRC".
    static let crc64nvme = CRCTable(polynomial: 0x9A6C_9329_AC4B_C9B5)
}
