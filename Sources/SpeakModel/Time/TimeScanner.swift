/// Reads the numbers and signs of a date or a time one after another.
///
/// By hand, since every job's row has times in it, and a regular expression is compiled anew at each use.
struct TimeScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    /// A number of so many ASCII digits.
    mutating func number(digits: Int) -> Int64? {
        var number: Int64 = 0
        for byte in rest.prefix(digits) {
            guard let digit = Self.digit(byte) else { return nil }
            number = number * 10 + digit
        }
        guard rest.count >= digits else { return nil }
        rest = rest.dropFirst(digits)
        return number
    }

    /// The thousandths of 1 to 9 digits behind a point; the others are cut off.
    mutating func thousandths() -> Int64? {
        let digits = rest.prefix { Self.digit($0) != nil }
        guard 1...9 ~= digits.count else { return nil }
        rest = rest[digits.endIndex...]
        return (0..<3).reduce(0) { number, place in
            number * 10 + (digits.dropFirst(place).first.flatMap(Self.digit) ?? 0)
        }
    }

    /// Goes over one of these signs.
    ///
    /// - Returns: Which it was; `nil` if it is another.
    mutating func sign(_ signs: Unicode.Scalar...) -> Unicode.Scalar? {
        guard let first = rest.first, let sign = signs.first(where: { $0 == Unicode.Scalar(first) }) else { return nil }
        rest = rest.dropFirst()
        return sign
    }

    /// `YYYY-MM-DD`; `nil` for any other form and for days that no calendar has.
    mutating func date() -> CalendarDate? {
        guard let year = number(digits: 4), sign("-") != nil, let month = number(digits: 2), sign("-") != nil,
            let day = number(digits: 2)
        else { return nil }
        let date = CalendarDate(year: year, month: month, day: day)
        return date.parts == (Int(year), Int(month), Int(day)) ? date : nil
    }

    /// The minutes that a zone is ahead of UTC: `Z`, `+09:00`, `-0330`.
    mutating func zone() -> Int64? {
        guard let sign = sign("Z", "z", "+", "-") else { return nil }
        if sign == "Z" || sign == "z" { return 0 }
        guard let hours = number(digits: 2) else { return nil }
        _ = self.sign(":")
        return number(digits: 2).map { sign == "-" ? -(hours * 60 + $0) : hours * 60 + $0 }
    }

    private static func digit(_ byte: UInt8) -> Int64? {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte ? Int64(byte - UInt8(ascii: "0")) : nil
    }
}
