package import Foundation

/// A day of the Gregorian calendar, written `YYYY-MM-DD`.
package struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let daysSince1970: Int64

    package init(daysSince1970: Int64) { self.daysSince1970 = daysSince1970 }

    /// Reads `YYYY-MM-DD`; `nil` for any other form and for days that no calendar has.
    package init?(_ text: String) {
        var scanner = TimeScanner(text)
        guard let date = scanner.date(), scanner.isAtEnd else { return nil }
        self = date
    }

    /// A day that no calendar has becomes another.
    init(year: Int64, month: Int64, day: Int64) {
        // Days from civil, after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2014).
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.flooredDivision(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSince1970 = era * 146_097 + dayOfEra - 719_468
    }

    package var description: String {
        let (year, month, day) = parts
        return "\(padded(Int64(year), 4))-\(padded(Int64(month), 2))-\(padded(Int64(day), 2))"
    }

    /// Months and days count from 1.
    package var parts: (year: Int, month: Int, day: Int) {
        // Civil from days, same source.
        let shifted = daysSince1970 + 719_468
        let era = shifted.flooredDivision(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (Int(year), Int(month), Int(day))
    }

    /// 0 for Sunday to 6 for Saturday.
    package var dayOfWeek: Int {
        // The first of January 1970 was a Thursday.
        let day = daysSince1970 + 4
        return Int(day - day.flooredDivision(by: 7) * 7)
    }

    package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }

    package var next: CalendarDate { CalendarDate(daysSince1970: daysSince1970 + 1) }
    package var previous: CalendarDate { CalendarDate(daysSince1970: daysSince1970 - 1) }

    /// The day's first moment in a time zone, where days can begin at another hour than midnight when clocks change.
    package func start(in timeZone: TimeZone) -> Timestamp {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let components = DateComponents(year: parts.year, month: parts.month, day: parts.day)
        guard let date = calendar.date(from: components) else {
            preconditionFailure("The Gregorian calendar has no day \(self).")
        }
        return Timestamp(milliseconds: Int64(calendar.startOfDay(for: date).timeIntervalSince1970 * 1000))
    }
}
