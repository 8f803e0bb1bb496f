/// Bits into bytes, most significant first.
struct MP3BitWriter {
    private var words: [UInt32] = []
    private var accumulator: UInt64 = 0
    private var filled = 0

    var bitCount: Int { words.count * 32 + filled }

    var byteCount: Int { (bitCount + 7) / 8 }

    /// Adds what was written to other bytes, the last one filled up with zeros.
    func append(to bytes: inout [UInt8]) {
        for word in words { withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) } }
        let rest = UInt32(truncatingIfNeeded: accumulator &<< UInt64(truncatingIfNeeded: 32 - filled))
        withUnsafeBytes(of: rest.bigEndian) { bytes.append(contentsOf: $0.prefix((filled + 7) / 8)) }
    }

    /// Appends the low bits of a value; the others must be zero.
    ///
    /// At most 32 at once.
    @inline(__always)
    mutating func write(_ value: UInt32, bits: Int) {
        accumulator = accumulator &<< UInt64(truncatingIfNeeded: bits) | UInt64(value)
        filled &+= bits
        guard filled >= 32 else { return }
        filled &-= 32
        words.append(UInt32(truncatingIfNeeded: accumulator &>> UInt64(truncatingIfNeeded: filled)))
    }

    /// Forgets everything but the memory.
    mutating func reset() {
        words.removeAll(keepingCapacity: true)
        accumulator = 0
        filled = 0
    }
}
