package import JSON
package import SpeakModel

/// A job that is enqueued again and again.
package struct Schedule: Hashable, Sendable {
    /// Names its occurrences: `statistics.aggregate@2026-11-26T00:10+09:00` is the id of one's job.
    package let name: String
    package let cron: CronExpression
    package let kind: JobKind
    /// How many occurrences that nobody saw to are made up for, the latest ones.
    package let catchUp: Int
    private let payload: JSONValue

    /// Every night, ten minutes after the day has ended: a recording that was made before midnight may come a little later.
    package static let nightlyStatistics: Schedule = {
        do {
            return try Schedule([
                "cron": "10 0 * * *", "kind": "statistics.aggregate", "payload": ["date": "{yesterday}"],
            ])
        } catch {
            preconditionFailure("The program's own schedule is not valid: \(error)")
        }
    }()

    package static let usualCatchUp = 7

    /// The program's own schedules and those of a configuration, where one of the same name takes the other's place.
    package static func all(configured: [Schedule]) -> [Schedule] {
        let own = [nightlyStatistics].filter { own in !configured.contains { $0.name == own.name } }
        return own + configured
    }

    /// The job of one occurrence.
    package func document(for occurrence: CronOccurrence) -> JobDocument {
        let document: JobDocument
        do { document = try Self.document(name, kind, payload, occurrence) } catch {
            preconditionFailure("A schedule is checked when it is read: \(error)")
        }
        return document
    }
}

/// Reading.
extension Schedule {
    private static let fields: Set = ["name", "cron", "kind", "payload", "catch_up"]
    /// Ids have room for a name and a time.
    private static let longestName = 100
    private static let catchUpRange = 0...100

    /// Reads `{"cron": "10 0 * * *", "kind": "statistics.aggregate", "payload": {"date": "{yesterday}"}}`, with a `name` other
    /// than the kind and a `catch_up` if so wished.
    package init(_ json: JSONValue) throws(ScheduleError) {
        guard let members = json.object else { throw ScheduleError("must be a JSON object, not \(json.typeName)") }
        if let unknown = members.keys.sorted().first(where: { !Self.fields.contains($0) }) {
            throw ScheduleError("has \(unknown), which is not a field of a schedule")
        }
        guard let kind = members["kind"]?.string.flatMap(JobKind.init) else {
            throw ScheduleError("needs a kind: one of \(JobKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let name = members["name"] ?? .string(kind.rawValue)
        guard let text = name.string, (1...Self.longestName).contains(text.unicodeScalars.count), !text.contains("@"),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { throw ScheduleError("needs a name of 1 to \(Self.longestName) characters on one line, without @") }
        guard let line = members["cron"]?.string else { throw ScheduleError("needs a cron line such as 10 0 * * *") }
        do { cron = try CronExpression(parsing: line) } catch {
            throw ScheduleError("has no cron line: \(error.problem)")
        }
        let catchUp = members["catch_up"] ?? .number(Self.usualCatchUp)
        guard let count = catchUp.int, Self.catchUpRange.contains(count) else {
            throw ScheduleError("has a catch_up that is no whole number from 0 to 100")
        }
        (self.name, self.kind, self.catchUp) = (text, kind, count)
        payload = members["payload"] ?? [:]
        try Self.check(text, kind, payload)
    }

    /// Fills in a day, to see whether the jobs will be valid.
    private static func check(_ name: String, _ kind: JobKind, _ payload: JSONValue) throws(ScheduleError) {
        let someDay = CronOccurrence(
            moment: Timestamp(milliseconds: 0), date: CalendarDate(daysSince1970: 0), name: "1970-01-01T00:00+00:00")
        do throws(JobDocumentError) {
            _ = try document(name, kind, payload, someDay)
        } catch {
            throw ScheduleError("makes no valid job: \(error.problems.joined(separator: "; "))")
        }
        if let unknown = payload.strings.lazy.compactMap(Placeholder.unknown).first {
            let known = Placeholder.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
            throw ScheduleError("has \(unknown) in its payload; what is filled in is \(known)")
        }
    }

    private static func document(
        _ name: String, _ kind: JobKind, _ payload: JSONValue, _ occurrence: CronOccurrence
    ) throws(JobDocumentError) -> JobDocument {
        try JobDocument([
            "job_id": .string("\(name)@\(occurrence.name)"), "kind": .string(kind.rawValue),
            "payload": payload.mappingStrings { Placeholder.fill($0, occurrence) },
        ])
    }
}

/// What stands for something of an occurrence.
private enum Placeholder: String, CaseIterable {
    case today, yesterday
    /// The occurrence itself, in ISO 8601.
    case time

    static func fill(_ text: String, _ occurrence: CronOccurrence) -> String {
        allCases.reduce(text) { $0.replacing("{\($1.rawValue)}", with: $1.value(occurrence)) }
    }

    static func unknown(in text: String) -> String? {
        text.matches(of: #/\{([a-z_]+)\}/#).first { Placeholder(rawValue: String($0.output.1)) == nil }
            .map { String($0.output.0) }
    }

    private func value(_ occurrence: CronOccurrence) -> String {
        switch self {
        case .today: occurrence.date.description
        case .yesterday: occurrence.date.previous.description
        case .time: occurrence.moment.iso8601
        }
    }
}

extension JSONValue {
    fileprivate var strings: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let values): values.flatMap(\.strings)
        case .object(let members): members.values.flatMap(\.strings)
        default: []
        }
    }

    fileprivate func mappingStrings(_ change: (String) -> String) -> JSONValue {
        switch self {
        case .string(let text): .string(change(text))
        case .array(let values): .array(values.map { $0.mappingStrings(change) })
        case .object(let members): .object(members.mapValues { $0.mappingStrings(change) })
        default: self
        }
    }
}

/// Why something is no schedule.
package struct ScheduleError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, to end the sentence «it …».
    package let problem: String

    init(_ problem: String) { self.problem = problem }

    package var description: String { "Not a valid schedule: it \(problem)." }
}
