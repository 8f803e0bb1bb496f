package import Foundation

/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The system clock's time.
    ///
    /// Everything that needs time takes it as `now`, so that tests can turn the clock.
    package static func now() -> Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    package static func + (moment: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(milliseconds: moment.milliseconds + duration.wholeMilliseconds)
    }

    package static func - (later: Timestamp, earlier: Timestamp) -> Duration {
        .milliseconds(later.milliseconds - earlier.milliseconds)
    }

    /// Whole seconds since 1970, as `ttl` attributes have them.
    package var epochSeconds: Int64 { milliseconds.flooredDivision(by: 1000) }
}

extension Duration {
    /// The duration in whole milliseconds, rounded towards zero.
    package var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}

extension Timestamp {
    /// ISO-8601 in UTC with milliseconds: `2025-01-24T09:30:00.000Z`.
    ///
    /// Such strings sort as the moments do.
    package var iso8601: String {
        let day = milliseconds.flooredDivision(by: 86_400_000)
        let rest = milliseconds - day * 86_400_000
        let date = CalendarDate(daysSince1970: day)
        return "\(date)T\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2)):"
            + "\(padded(rest / 1000 % 60, 2)).\(padded(rest % 1000, 3))Z"
    }

    /// Reads ISO-8601 date and time with a zone: `2025-01-24T09:30:00Z`, `…T18:30:00.250+09:00`.
    package init?(iso8601 text: String) {
        var scanner = TimeScanner(text)
        guard let date = scanner.date(), scanner.sign("T", "t", " ") != nil,
            let hour = scanner.number(digits: 2), hour < 24, scanner.sign(":") != nil,
            let minute = scanner.number(digits: 2), minute < 60, scanner.sign(":") != nil,
            let second = scanner.number(digits: 2), second < 60,
            let fraction = scanner.sign(".") == nil ? 0 : scanner.thousandths(),
            let zone = scanner.zone(), scanner.isAtEnd
        else { return nil }
        let minutes = date.daysSince1970 * 1440 + hour * 60 + minute - zone
        self.init(milliseconds: minutes * 60_000 + second * 1000 + fraction)
    }

    /// The calendar day of this moment in a time zone.
    package func date(in timeZone: TimeZone) -> CalendarDate {
        let moment = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        let seconds = milliseconds.flooredDivision(by: 1000) + Int64(timeZone.secondsFromGMT(for: moment))
        return CalendarDate(daysSince1970: seconds.flooredDivision(by: 86_400))
    }
}

/// A number with zeros before it.
func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int64 {
    func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
