/// Finds out what a word with digits is (a sum, a time, an ordinal, a range …) and reads it.
enum NumberReadings {
    /// Digits of one run read one by one at most; a longer run stands as written.
    private static let mostDigitsRead = 20

    /// The readings of a folded word that holds a digit; empty when it can only stand as written.
    static func readings(of folded: String, isKorean: Bool) -> [[String]] {
        guard let first = folded.firstIndex(where: \.isASCIIDigit), let last = folded.lastIndex(where: \.isASCIIDigit)
        else { return [] }
        let shape = NumberShape(
            prefix: String(folded[..<first]), body: String(folded[first...last]),
            suffix: String(folded[folded.index(after: last)...]))
        if isKorean || shape.suffix.unicodeScalars.contains(where: Hangul.isSyllable) {
            let korean = KoreanNumberReadings.readings(of: shape)
            return shape.suffix.isEmpty ? korean + english(shape) : korean
        }
        return english(shape)
    }

    private static func english(_ shape: NumberShape) -> [[String]] {
        if let currency = shape.currency { return money(shape.body, currency) }
        let readings = withSuffix(shape)
        switch shape.prefix {
        case "": return readings
        case "-", "−": return readings.flatMap { [["minus"] + $0, ["negative"] + $0] }
        case "+": return readings.map { ["plus"] + $0 }
        case "#": return readings.map { ["number"] + $0 }
        case ".": return EnglishNumbers.digits(shape.body).map { ["point"] + $0 }
        default: return readings.map { [shape.prefix.filter(\.isLetter)] + $0 }.filter { !$0.contains("") }
        }
    }

    /// The number read together with what is written behind it.
    private static func withSuffix(_ shape: NumberShape) -> [[String]] {
        let whole = shape.whole
        switch shape.suffix {
        case "": return bare(shape.body)
        case "st", "nd", "rd", "th": return whole.map(EnglishNumbers.ordinals) ?? []
        case "s", "'s": return whole.map(EnglishNumbers.decade) ?? []
        default:
            guard let tail = NumberUnits.spoken(shape.suffix, isOne: whole == 1) else { return mixed(shape) }
            return bare(shape.body).flatMap { number in tail.map { number + $0 } }
        }
    }

    /// "10a", "3d", "24-hour": the number, then the letters as words of their own.
    private static func mixed(_ shape: NumberShape) -> [[String]] {
        let words = shape.suffix.split(whereSeparator: { !$0.isLetter }).map(String.init)
        return words.isEmpty ? [] : bare(shape.body).map { $0 + words }
    }

    /// A number without anything before or after it.
    private static func bare(_ body: String) -> [[String]] {
        if let number = NumberShape.wholeNumber(body) { return integers(number, written: body) }
        let runs = body.split(whereSeparator: { !$0.isASCIIDigit }).map(String.init)
        let signs = body.filter { !$0.isASCIIDigit }
        if runs.count == 2, let reading = pair(runs[0], sign: signs, runs[1]) { return reading }
        return runs.joined().count <= mostDigitsRead ? EnglishNumbers.digits(runs.joined()) : []
    }

    private static func integers(_ number: Int, written: String) -> [[String]] {
        let isPlain = written.allSatisfy(\.isASCIIDigit)
        let digits = isPlain && written.count > 1 ? EnglishNumbers.digits(written) : []
        if written.hasPrefix("0") && written.count > 1 { return digits }
        let pairs = isPlain ? EnglishNumbers.inPairs(number) : []
        // 1100...2099 is more often a year than a quantity.
        return (1100...2099).contains(number) && !(2000...2009).contains(number)
            ? pairs + EnglishNumbers.cardinals(number) + digits
            : EnglishNumbers.cardinals(number) + pairs + digits
    }

    /// Two numbers with a sign between them: a decimal, a time, a fraction or a range; `nil` for anything else.
    private static func pair(_ left: String, sign: String, _ right: String) -> [[String]]? {
        guard max(left.count, right.count) <= EnglishNumbers.mostDigits, let first = Int(left), let second = Int(right)
        else { return nil }
        switch sign {
        case ".": return EnglishNumbers.decimals(whole: left, fraction: right)
        case ":" where right.count == 2: return EnglishTimes.readings(hour: first, minute: second)
        case "/" where second > 1: return EnglishNumbers.fractions(first, second)
        case "-": return range(left, right)
        default: return nil
        }
    }

    private static func range(_ left: String, _ right: String) -> [[String]] {
        let ends = [bare(left), bare(right)].map { $0.first ?? [] }
        let digits = EnglishNumbers.digits(left + right)
        return [ends[0] + ["to"] + ends[1], ends[0] + ends[1]]
            + (left.count + right.count <= mostDigitsRead ? digits : [])
    }

    private static func money(_ body: String, _ currency: EnglishMoney.Currency) -> [[String]] {
        if let number = NumberShape.wholeNumber(body) { return EnglishMoney.sums(number, currency) }
        let runs = body.filter { $0 != "," }.split(separator: ".").map(String.init)
        guard runs.count == 2, runs[0].count <= EnglishNumbers.mostDigits, runs[1].count <= mostDigitsRead else {
            return []
        }
        return EnglishMoney.sums(whole: runs[0], fraction: runs[1], currency)
    }
}
