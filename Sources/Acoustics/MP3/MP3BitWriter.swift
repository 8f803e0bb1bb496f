/// Bits into bytes, most significant first.
struct MP3BitWriter {
    private(set) var bytes: [UInt8] = []
    private var accumulator: UInt64 = 0
    private var filled = 0

    /// Bits written since the last ``align()``, and those before it rounded up to bytes.
    var bitCount: Int { bytes.count * 8 + filled }

    /// Appends the low bits of a value; the others must be zero. At most 32 at once.
    mutating func write(_ value: UInt32, bits: Int) {
        accumulator = accumulator << UInt64(truncatingIfNeeded: bits) | UInt64(value)
        filled += bits
        while filled >= 8 {
            filled -= 8
            bytes.append(UInt8(truncatingIfNeeded: accumulator >> UInt64(truncatingIfNeeded: filled)))
        }
    }

    /// Fills the last byte with zeros.
    mutating func align() {
        if filled > 0 { write(0, bits: 8 - filled) }
    }

    /// Forgets everything but the memory.
    mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        accumulator = 0
        filled = 0
    }
}
