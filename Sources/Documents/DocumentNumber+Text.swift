extension DocumentNumber: CustomStringConvertible {
    /// Reads a decimal number.
    ///
    /// `5`, `-0.50`, `.5` and `+1.5e-3` are numbers; ` 5`, `NaN` and `Infinity` are not.
    package init(parsing text: String) throws(DocumentNumberError) {
        guard let decimal = DecimalText(text) else { throw .notANumber(text) }
        guard let coefficient = decimal.coefficient else { throw .tooManyDigits }
        try self.init(coefficient: coefficient, exponent: decimal.exponent, isNegative: decimal.isNegative)
    }

    /// Reads a decimal number; `nil` for anything that ``init(parsing:)`` refuses.
    package init?(_ text: String) {
        do { try self.init(parsing: text) } catch { return nil }
    }

    /// The number without needless zeros, and with an exponent only where it would have more digits than may be written:
    /// readers of decimal numbers round those.
    package var description: String {
        let sign = isNegative ? "-" : ""
        let digits = coefficient <= UInt64.max ? String(UInt64(coefficient)) : String(coefficient)
        if digits.count + exponent > Self.maximumDigits {
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            return "\(sign)\(digits.prefix(1))\(fraction)E+\(digits.count - 1 + exponent)"
        }
        if exponent >= 0 { return sign + digits + String(repeating: "0", count: exponent) }
        let wholeCount = digits.count + exponent
        if wholeCount > 0 { return "\(sign)\(digits.prefix(wholeCount)).\(digits.dropFirst(wholeCount))" }
        return sign + "0." + String(repeating: "0", count: -wholeCount) + digits
    }
}

/// The parts of a written decimal number, of any size.
struct DecimalText {
    private(set) var isNegative = false
    /// `nil` when there are more digits than a ``DocumentNumber`` holds.
    private(set) var coefficient: UInt128? = 0
    private(set) var exponent = 0

    private var bytes: Substring.UTF8View
    /// Zeros that were read but not yet put behind the coefficient, since no other digit has followed.
    private var pendingZeros = 0

    init?(_ text: String) {
        bytes = text[...].utf8
        isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        var digitCount = takeDigits()
        if bytes.first == UInt8(ascii: ".") {
            bytes.removeFirst()
            let decimals = takeDigits()
            exponent -= decimals
            digitCount += decimals
        }
        guard digitCount > 0, takeExponent(), bytes.isEmpty else { return nil }
        exponent += pendingZeros
    }

    private mutating func takeDigits() -> Int {
        var count = 0
        while let digit = takeDigit() {
            count += 1
            append(digit)
        }
        return count
    }

    private mutating func takeDigit() -> Int? {
        guard let byte = bytes.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        bytes.removeFirst()
        return Int(byte - UInt8(ascii: "0"))
    }

    private mutating func append(_ digit: Int) {
        guard digit != 0 else { return pendingZeros += coefficient == 0 ? 0 : 1 }
        let shift = pendingZeros + 1
        pendingZeros = 0
        guard shift <= DocumentNumber.maximumDigits, let old = coefficient else { return coefficient = nil }
        let (shifted, overflow) = old.multipliedReportingOverflow(by: DocumentNumber.powersOfTen[shift])
        let new = shifted &+ UInt128(digit)
        let limit = DocumentNumber.powersOfTen[DocumentNumber.maximumDigits]
        coefficient = overflow || shifted >= limit || new >= limit ? nil : new
    }

    /// - Returns: False for an `e` without digits.
    private mutating func takeExponent() -> Bool {
        guard bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") else { return true }
        bytes.removeFirst()
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        guard var power = takeDigit() else { return false }
        // A power beyond a million is out of range whatever stands before it.
        while let digit = takeDigit() { power = min(power * 10 + digit, 1_000_000) }
        exponent += isNegative ? -power : power
        return true
    }
}
