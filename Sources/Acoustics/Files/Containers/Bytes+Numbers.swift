extension [UInt8] {
    /// Reads an unsigned 32-bit number.
    ///
    /// Requires four bytes at the offset.
    func littleEndian32(at offset: Int) -> Int {
        (0..<4).reduce(0) { $0 | Int(self[offset + $1]) << (8 * $1) }
    }

    /// Reads an unsigned number of up to eight bytes, most significant first; one beyond `Int.max` is negative.
    ///
    /// Requires `count` bytes at the offset.
    func bigEndian(at offset: Int, count: Int) -> Int {
        self[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
    }
}
