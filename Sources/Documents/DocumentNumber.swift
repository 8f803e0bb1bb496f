/// A decimal number of up to 38 significant digits, exact, from 1E-130 to just below 1E+126 on either side of zero.
///
/// Equal numbers are equal values: `1`, `1.0` and `1e0` are one number with one hash and one text. Range and digits are
/// those of DynamoDB's type N (Amazon DynamoDB Developer Guide, "Supported data types and naming rules").
package struct DocumentNumber: Hashable, Sendable {
    /// At most 38 digits, the last of them not 0 unless the number is zero.
    let coefficient: UInt128
    /// The power of ten that ``coefficient`` is multiplied by; 0 when the number is zero.
    let exponent: Int
    let isNegative: Bool

    package static let zero = DocumentNumber(reduced: 0, exponent: 0, isNegative: false)

    static let maximumDigits = 38
    /// The powers of ten that a number's first digit may stand for.
    static let magnitudes = -130...125
    /// 10^0 … 10^38.
    static let powersOfTen: [UInt128] = (0..<maximumDigits).reduce(into: [1]) { powers, index in
        powers.append(powers[index] * 10)
    }

    private init(reduced coefficient: UInt128, exponent: Int, isNegative: Bool) {
        self.coefficient = coefficient
        self.exponent = coefficient == 0 ? 0 : exponent
        self.isNegative = isNegative && coefficient != 0
    }

    /// ± `coefficient` · 10^`exponent`.
    init(coefficient: UInt128, exponent: Int, isNegative: Bool) throws(DocumentNumberError) {
        self.init(reducing: coefficient, exponent: exponent, isNegative: isNegative)
        guard self.coefficient < Self.powersOfTen[Self.maximumDigits] else { throw .tooManyDigits }
        guard self.coefficient != 0 else { return }
        guard magnitude <= Self.magnitudes.upperBound else { throw .tooLarge }
        guard magnitude >= Self.magnitudes.lowerBound else { throw .tooSmall }
    }

    private init(reducing coefficient: UInt128, exponent: Int, isNegative: Bool) {
        var (coefficient, exponent) = (coefficient, exponent)
        while coefficient != 0 {
            let (quotient, digit) = coefficient.quotientAndRemainder(dividingBy: 10)
            guard digit == 0 else { break }
            (coefficient, exponent) = (quotient, exponent + 1)
        }
        self.init(reduced: coefficient, exponent: exponent, isNegative: isNegative)
    }

    package init(_ value: Int) { self.init(Int64(value)) }

    package init(_ value: Int64) {
        self.init(reducing: UInt128(value.magnitude), exponent: 0, isNegative: value < 0)
    }

    /// How many digits ``coefficient`` has; 1 for zero.
    var digitCount: Int { max(1, Self.powersOfTen.firstIndex { $0 > coefficient } ?? Self.maximumDigits + 1) }

    /// The power of ten that the first digit stands for.
    var magnitude: Int { exponent + digitCount - 1 }
}

extension DocumentNumber: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) { self.init(value) }
}

extension DocumentNumber {
    /// The number as an integer; `nil` when it has decimals or does not fit.
    package var int: Int? {
        guard exponent >= 0, magnitude < 20 else { return nil }
        let whole = Int128(coefficient * Self.powersOfTen[exponent])
        return Int(exactly: isNegative ? -whole : whole)
    }

    /// The nearest double.
    package var double: Double {
        guard let value = Double(description) else { preconditionFailure("\(description) is no decimal number.") }
        return value
    }
}

extension DocumentNumber: Comparable {
    package static func < (left: DocumentNumber, right: DocumentNumber) -> Bool {
        guard left.isNegative == right.isNegative else { return left.isNegative }
        return left.isNegative ? right.isNearerToZero(than: left) : left.isNearerToZero(than: right)
    }

    private func isNearerToZero(than other: DocumentNumber) -> Bool {
        if coefficient == 0 || other.coefficient == 0 { return coefficient < other.coefficient }
        guard magnitude == other.magnitude else { return magnitude < other.magnitude }
        return leftAligned < other.leftAligned
    }

    /// The coefficient with zeros behind it up to 38 digits.
    private var leftAligned: UInt128 { coefficient * Self.powersOfTen[Self.maximumDigits - digitCount] }
}
