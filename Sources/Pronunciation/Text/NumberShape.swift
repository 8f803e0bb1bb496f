/// A word with digits, cut into what stands before, between and behind the outermost digits.
struct NumberShape {
    let prefix: String
    /// Begins and ends with a digit.
    let body: String
    let suffix: String

    /// The body as a whole number: plain digits, or groups of three with commas.
    ///
    /// Nil when it is anything else, or longer than ``EnglishNumbers/mostDigits``.
    var whole: Int? { Self.wholeNumber(body) }

    static func wholeNumber(_ body: String) -> Int? {
        let groups = body.split(separator: ",", omittingEmptySubsequences: false)
        let isGrouped = groups.count == 1 || groups.dropFirst().allSatisfy { $0.count == 3 } && groups[0].count <= 3
        let digits = groups.joined()
        guard isGrouped, digits.count <= EnglishNumbers.mostDigits, digits.allSatisfy(\.isASCIIDigit) else {
            return nil
        }
        return Int(digits)
    }

    /// The currency whose sign stands before or behind the number.
    var currency: EnglishMoney.Currency? {
        let before = prefix.last.flatMap { EnglishMoney.currencies[$0] }
        return before ?? (suffix.count == 1 ? suffix.first.flatMap { EnglishMoney.currencies[$0] } : nil)
    }
}
