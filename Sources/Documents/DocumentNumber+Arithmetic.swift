extension DocumentNumber {
    package static prefix func - (number: DocumentNumber) -> DocumentNumber {
        DocumentNumber(negating: number)
    }

    private init(negating number: DocumentNumber) {
        coefficient = number.coefficient
        exponent = number.exponent
        isNegative = !number.isNegative && number.coefficient != 0
    }

    /// The exact sum.
    ///
    /// - Throws: ``DocumentNumberError/tooManyDigits`` when 38 digits cannot hold it.
    package static func + (left: DocumentNumber, right: DocumentNumber) throws(DocumentNumberError) -> DocumentNumber {
        if left.coefficient == 0 { return right }
        if right.coefficient == 0 { return left }
        let exponent = min(left.exponent, right.exponent)
        let (first, second) = (try left.coefficient(at: exponent), try right.coefficient(at: exponent))
        guard left.isNegative != right.isNegative else {
            let (sum, overflow) = first.addingReportingOverflow(second)
            guard !overflow else { throw .tooManyDigits }
            return try DocumentNumber(coefficient: sum, exponent: exponent, isNegative: left.isNegative)
        }
        return try DocumentNumber(
            coefficient: max(first, second) - min(first, second), exponent: exponent,
            isNegative: first > second ? left.isNegative : right.isNegative)
    }

    package static func - (left: DocumentNumber, right: DocumentNumber) throws(DocumentNumberError) -> DocumentNumber {
        try left + -right
    }

    /// The coefficient that says the same number with a lower exponent.
    ///
    /// Where 128 bits are too few for it, so are 38 digits for any sum: the other number's last digit, which is not 0,
    /// stands at `exponent` and so stays, while the first digit of the sum is beyond 10^38.
    private func coefficient(at exponent: Int) throws(DocumentNumberError) -> UInt128 {
        let shift = self.exponent - exponent
        guard shift <= Self.maximumDigits else { throw .tooManyDigits }
        let (shifted, overflow) = coefficient.multipliedReportingOverflow(by: Self.powersOfTen[shift])
        guard !overflow else { throw .tooManyDigits }
        return shifted
    }
}

extension DocumentNumber {
    /// The quotient, rounded to `scale` decimals; a tie goes to the even digit.
    package func dividing(by divisor: DocumentNumber, scale: Int) throws(DocumentNumberError) -> DocumentNumber {
        guard divisor.coefficient != 0 else { throw .divisionByZero }
        var (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: divisor.coefficient)
        let shift = exponent - divisor.exponent + scale
        let isNegative = isNegative != divisor.isNegative
        guard shift >= 0 else {
            quotient = Self.halfEven(quotient, droppingDigits: -shift, hasRemainder: remainder != 0)
            return try DocumentNumber(coefficient: quotient, exponent: -scale, isNegative: isNegative)
        }
        var decimals = 0
        while decimals < shift, remainder != 0 {
            let digit: UInt128
            (digit, remainder) = divisor.coefficient.dividingFullWidth(remainder.multipliedFullWidth(by: 10))
            guard quotient < Self.powersOfTen[Self.maximumDigits - 1] else { throw .tooManyDigits }
            quotient = quotient * 10 + digit
            decimals += 1
        }
        let rest = divisor.coefficient - remainder
        if remainder > rest || (remainder == rest && quotient % 2 == 1) { quotient += 1 }
        return try DocumentNumber(coefficient: quotient, exponent: shift - decimals - scale, isNegative: isNegative)
    }

    /// A measured value, rounded to `decimals`; a tie of the double's shortest decimal text goes to the even digit.
    ///
    /// The text decides, and not the binary value behind it, so that 2.675 becomes 2.68 as a reader expects.
    ///
    /// - Throws: ``DocumentNumberError/notANumber(_:)`` for NaN and infinities.
    package init(rounding value: Double, decimals: Int) throws(DocumentNumberError) {
        guard value.isFinite, let text = DecimalText(value.description), let coefficient = text.coefficient else {
            throw .notANumber(value.description)
        }
        let surplus = max(0, -text.exponent - decimals)
        let rounded = Self.halfEven(coefficient, droppingDigits: surplus, hasRemainder: false)
        try self.init(coefficient: rounded, exponent: text.exponent + surplus, isNegative: text.isNegative)
    }

    /// `value` / 10^`count`, rounded; a tie goes to the even digit.
    ///
    /// - Parameter hasRemainder: Whether `value` itself was cut short, which makes a tie more than a tie.
    private static func halfEven(_ value: UInt128, droppingDigits count: Int, hasRemainder: Bool) -> UInt128 {
        guard count > 0 else { return value }
        guard count <= maximumDigits else { return 0 }
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: powersOfTen[count])
        let half = powersOfTen[count] / 2
        let isTie = remainder == half && !hasRemainder
        let roundsUp = isTie ? quotient % 2 == 1 : remainder >= half
        return roundsUp ? quotient + 1 : quotient
    }
}
