extension DocumentNumber {
    /// Bytes that compare, one by one from the first, as the numbers do: 1 to 23 of them.
    ///
    /// The sign, then the first digit's power of ten, then the digits two to a byte. A negative number has all but its
    /// sign inverted, and an end mark above every digit, since of two that begin alike the longer is the lower.
    package var orderedBytes: [UInt8] {
        guard coefficient != 0 else { return [Sign.zero] }
        let body = [UInt8(magnitude - Self.magnitudes.lowerBound)] + digitPairs
        return isNegative ? [Sign.negative] + body.map { ~$0 } + [0xFF] : [Sign.positive] + body
    }

    private enum Sign {
        static let negative: UInt8 = 1
        static let zero: UInt8 = 2
        static let positive: UInt8 = 3
    }

    /// The digits from the first on, two to a byte, each byte between 1 and 100.
    private var digitPairs: [UInt8] {
        var digits = String(coefficient).utf8.map { $0 - UInt8(ascii: "0") }
        if !digits.count.isMultiple(of: 2) { digits.append(0) }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] * 10 + digits[$0 + 1] + 1 }
    }
}
