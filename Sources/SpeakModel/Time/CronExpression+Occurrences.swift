package import Foundation

/// One time that a cron line asks for.
package struct CronOccurrence: Hashable, Sendable {
    package let moment: Timestamp
    /// What a clock on the wall shows then: the day, for what is named after it.
    package let date: CalendarDate
    /// Its name, the same on every machine: `2026-11-26T00:10+09:00`.
    package let name: String

    package init(moment: Timestamp, date: CalendarDate, name: String) {
        (self.moment, self.date, self.name) = (moment, date, name)
    }
}

extension CronExpression {
    /// The first occurrence after a moment.
    ///
    /// Where clocks change: a line that names hours comes once a day, at the first of two times of that name, or, where the
    /// time is left out, at the moment when the clocks go on. A line for every hour goes by the time that passes: it comes in
    /// both of the repeated hours, and not in the one that is left out. So cron(8) of Debian does it.
    ///
    /// - Returns: `nil` if there is none within nine years, the longest time between two 29ths of February.
    package func next(after moment: Timestamp, in timeZone: TimeZone) -> CronOccurrence? {
        var date = moment.date(in: timeZone).previous
        for _ in 0..<(9 * 366) {
            if fits(date), let found = occurrences(on: date, in: timeZone).first(where: { $0.moment > moment }) {
                return found
            }
            date = date.next
        }
        return nil
    }

    /// The last `limit` occurrences after one moment and up to another, in order.
    package func occurrences(
        after start: Timestamp, through end: Timestamp, in timeZone: TimeZone, limit: Int
    ) -> [CronOccurrence] {
        var found: [CronOccurrence] = []
        let first = start.date(in: timeZone).previous
        var date = end.date(in: timeZone).next
        while found.count < limit, date >= first {
            let onDate = fits(date) ? occurrences(on: date, in: timeZone) : []
            found = onDate.filter { $0.moment > start && $0.moment <= end }.suffix(limit - found.count) + found
            date = date.previous
        }
        return found
    }

    private func occurrences(on date: CalendarDate, in timeZone: TimeZone) -> [CronOccurrence] {
        var moments: Set<Timestamp> = []
        for hour in hours {
            for minute in minutes {
                let local = LocalTime(date: date, secondOfDay: hour * 3600 + minute * 60, timeZone: timeZone)
                if isHourly { moments.formUnion(local.moments) } else { moments.insert(local.moment) }
            }
        }
        return moments.sorted().map { CronOccurrence(moment: $0, date: date, name: $0.name(in: timeZone)) }
    }
}

/// What a clock on the wall shows.
private struct LocalTime {
    let date: CalendarDate
    let secondOfDay: Int
    let timeZone: TimeZone

    private var seconds: Int64 { date.daysSince1970 * 86_400 + Int64(secondOfDay) }

    /// The offsets of the zone around that day: no more than one change a day is known.
    private var offsets: (before: Int64, after: Int64) {
        (timeZone.offset(at: seconds - 86_400), timeZone.offset(at: seconds + 86_400))
    }

    /// When it shows that: once, but twice where it is set back, and never where it is set forward.
    var moments: [Timestamp] {
        Set([offsets.before, offsets.after]).map { (offset: $0, moment: seconds - $0) }
            .filter { timeZone.offset(at: $0.moment) == $0.offset }
            .map { Timestamp(milliseconds: $0.moment * 1000) }.sorted()
    }

    /// When it shows that first, or goes past it.
    var moment: Timestamp { moments.first ?? changeOfClocks }

    private var changeOfClocks: Timestamp {
        var (low, high) = (seconds - 86_400 - 50_400, seconds + 86_400 + 50_400)
        let before = timeZone.offset(at: low)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if timeZone.offset(at: middle) == before { low = middle } else { high = middle }
        }
        return Timestamp(milliseconds: high * 1000)
    }
}

extension TimeZone {
    /// - Parameter second: Since 1970.
    fileprivate func offset(at second: Int64) -> Int64 {
        Int64(secondsFromGMT(for: Date(timeIntervalSince1970: Double(second))))
    }
}

extension Timestamp {
    /// The moment as a clock in a time zone shows it, to the minute: `2026-11-26T00:10+09:00`.
    fileprivate func name(in timeZone: TimeZone) -> String {
        let offset = timeZone.offset(at: epochSeconds)
        let local = Timestamp(milliseconds: milliseconds + offset * 1000).iso8601.prefix(16)
        let minutes = abs(offset) / 60
        return "\(local)\(offset < 0 ? "-" : "+")\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
    }
}
