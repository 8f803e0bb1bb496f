/// When something is to be done, as a line of five fields: minute, hour, day of the month, month, day of the week.
///
/// A field is `*`, a number, a range, a list of both, or one of the first two with a step (`*/15`, `9-17/2`); months and days
/// of the week have names too (`jan`, `mon`), and Sunday is 0 and 7. Where both day fields are restricted, a day that fits
/// either of them will do: crontab(5).
package struct CronExpression: Hashable, Sendable, CustomStringConvertible {
    package let description: String
    /// In order.
    let minutes: [Int]
    /// In order.
    let hours: [Int]
    private let daysOfMonth: Set<Int>
    private let months: Set<Int>
    private let daysOfWeek: Set<Int>
    private let takesEitherDay: Bool

    /// - Throws: ``CronError`` with a sentence.
    package init(parsing line: String) throws(CronError) {
        let fields = line.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        guard fields.count == 5 else { throw CronError("“\(line)” has \(fields.count) fields; a cron line has five") }
        minutes = try CronField.minute.values(fields[0]).sorted()
        hours = try CronField.hour.values(fields[1]).sorted()
        daysOfMonth = try CronField.dayOfMonth.values(fields[2])
        months = try CronField.month.values(fields[3])
        daysOfWeek = Set(try CronField.dayOfWeek.values(fields[4]).map { $0 % 7 })
        takesEitherDay = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
        description = fields.joined(separator: " ")
        guard takesEitherDay || hasDay else {
            throw CronError("“\(description)” never comes: no such month has a day \(daysOfMonth.min() ?? 0)")
        }
    }

    private var hasDay: Bool {
        let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return months.contains { month in daysOfMonth.contains { $0 <= longest[month - 1] } }
    }

    /// Whether the line says every hour, so that it means time that passes and not hours of a clock.
    var isHourly: Bool { hours.count == 24 }

    func fits(_ date: CalendarDate) -> Bool {
        let parts = date.parts
        guard months.contains(parts.month) else { return false }
        let (fitsMonth, fitsWeek) = (daysOfMonth.contains(parts.day), daysOfWeek.contains(date.dayOfWeek))
        return takesEitherDay ? fitsMonth || fitsWeek : fitsMonth && fitsWeek
    }
}

/// Why a line is no cron line.
package struct CronError: Error, Hashable, CustomStringConvertible {
    /// The sentence without its end.
    package let problem: String

    init(_ problem: String) { self.problem = problem }

    package var description: String { problem + "." }
}

/// One field of a cron line: its name, its numbers, and the names of its numbers.
private struct CronField {
    let name: String
    let range: ClosedRange<Int>
    var words: [String] = []
    /// The number of the first word.
    var firstWord = 0

    static let minute = CronField(name: "minute", range: 0...59)
    static let hour = CronField(name: "hour", range: 0...23)
    static let dayOfMonth = CronField(name: "day of the month", range: 1...31)
    static let month = CronField(
        name: "month", range: 1...12,
        words: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], firstWord: 1)
    static let dayOfWeek = CronField(
        name: "day of the week", range: 0...7, words: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"])

    func values(_ text: String) throws(CronError) -> Set<Int> {
        var values: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            values.formUnion(try self.part(String(part)))
        }
        return values
    }

    private func part(_ text: String) throws(CronError) -> [Int] {
        let pieces = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let span = try self.span(pieces[0])
        if pieces.count == 1 { return Array(span) }
        guard pieces.count == 2, let step = number(pieces[1]), step >= 1 else {
            throw CronError("“\(text)” is no \(name): a step is a number from 1 behind one slash")
        }
        guard pieces[0] == "*" || pieces[0].contains("-") else {
            throw CronError("“\(text)” is no \(name): a step follows * or a range, such as */\(step)")
        }
        return Array(stride(from: span.lowerBound, through: span.upperBound, by: step))
    }

    private func span(_ text: String) throws(CronError) -> ClosedRange<Int> {
        // Sunday is one day, though it has two numbers.
        if text == "*" { return range.lowerBound...(name == Self.dayOfWeek.name ? 6 : range.upperBound) }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard ends.count <= 2, let first = value(ends[0]), var last = value(ends[ends.count - 1]) else {
            throw CronError("“\(text)” is no \(name): those are \(range.lowerBound) to \(range.upperBound)\(wordsToo)")
        }
        // The week ends with Sunday as well as it begins with it.
        if ends.count == 2, name == Self.dayOfWeek.name, last == 0, first > 0 { last = 7 }
        guard first <= last else { throw CronError("“\(text)” is no \(name): a range goes upwards") }
        return first...last
    }

    private var wordsToo: String { words.isEmpty ? "" : ", or \(words[0]) to \(words[words.count - 1])" }

    private func value(_ text: String) -> Int? {
        if let index = words.firstIndex(of: text.lowercased()) { return firstWord + index }
        return number(text).flatMap { range.contains($0) ? $0 : nil }
    }

    private func number(_ text: String) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }
}
