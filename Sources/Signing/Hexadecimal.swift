extension Sequence<UInt8> {
    /// Two lower-case digits a byte.
    package var hexadecimal: String {
        let bytes = Array(self)
        return String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
            for (index, byte) in bytes.enumerated() {
                buffer[index * 2] = byte.hexadecimalHigh
                buffer[index * 2 + 1] = (byte << 4).hexadecimalHigh
            }
            return bytes.count * 2
        }
    }
}

extension UInt8 {
    /// The digit of the upper four bits.
    fileprivate var hexadecimalHigh: UInt8 {
        let value = self >> 4
        return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }
}
