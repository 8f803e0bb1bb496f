import Foundation
import SpeakModel
import Testing

@Suite("cron lines")
struct CronTests {
    private static let seoul = "Asia/Seoul"

    private static func times(
        _ line: String, after start: String, _ zone: String = "Etc/UTC", count: Int = 3
    ) throws -> [String] {
        let cron = try CronExpression(parsing: line)
        let timeZone = try #require(TimeZone(identifier: zone))
        var moment = try #require(Timestamp(iso8601: start))
        return try (0..<count).map { _ in
            let next = try #require(cron.next(after: moment, in: timeZone))
            moment = next.moment
            return next.name
        }
    }

    @Test("every night at ten past twelve, as the school's clocks show it")
    func nightly() throws {
        #expect(
            try Self.times("10 0 * * *", after: "2026-11-25T15:09:59.999Z", Self.seoul)
                == ["2026-11-26T00:10+09:00", "2026-11-27T00:10+09:00", "2026-11-28T00:10+09:00"])
        #expect(
            try Self.times("10 0 * * *", after: "2026-11-25T15:10:00.000Z", Self.seoul, count: 1)
                == ["2026-11-27T00:10+09:00"])
    }

    @Test(
        "fields",
        arguments: [
            ("* * * * *", ["2026-02-28T23:59", "2026-03-01T00:00", "2026-03-01T00:01"]),
            ("*/20 9-17/4 * * *", ["2026-03-01T09:00", "2026-03-01T09:20", "2026-03-01T09:40"]),
            ("5,1-3 12 * * *", ["2026-03-01T12:01", "2026-03-01T12:02", "2026-03-01T12:03"]),
            ("0 0 1 JAN,jul *", ["2026-07-01T00:00", "2027-01-01T00:00", "2027-07-01T00:00"]),
            ("0 0 * * sun", ["2026-03-01T00:00", "2026-03-08T00:00", "2026-03-15T00:00"]),
            ("0 0 * * 7", ["2026-03-01T00:00", "2026-03-08T00:00", "2026-03-15T00:00"]),
            ("0 0 * * fri-sun", ["2026-03-01T00:00", "2026-03-06T00:00", "2026-03-07T00:00"]),
            ("0 0 * * 5-7", ["2026-03-01T00:00", "2026-03-06T00:00", "2026-03-07T00:00"]),
            // Both day fields: either will do.
            ("0 0 3 * mon", ["2026-03-02T00:00", "2026-03-03T00:00", "2026-03-09T00:00"]),
            // One that begins with a star restricts together with the other.
            ("0 0 */2 * mon", ["2026-03-09T00:00", "2026-03-23T00:00", "2026-04-13T00:00"]),
            ("0 0 29 2 *", ["2028-02-29T00:00", "2032-02-29T00:00", "2036-02-29T00:00"]),
            ("0 0 31 * *", ["2026-03-31T00:00", "2026-05-31T00:00", "2026-07-31T00:00"]),
            // Never by its date, always by its week day.
            ("0 0 31 2 mon", ["2027-02-01T00:00", "2027-02-08T00:00", "2027-02-15T00:00"]),
        ])
    func fields(_ line: String, _ expected: [String]) throws {
        #expect(try Self.times(line, after: "2026-02-28T23:58:30Z") == expected.map { $0 + "+00:00" })
    }

    @Test("the longest wait, over a century without a leap day")
    func longestWait() throws {
        #expect(try Self.times("0 0 29 2 *", after: "2096-03-01T00:00:00Z", count: 1) == ["2104-02-29T00:00+00:00"])
    }

    @Test("an hour that is left out: what was to be in it is when the clocks go on; what goes by time goes on")
    func springForward() throws {
        let zone = "Europe/Berlin"  // 2026-03-29, from 02:00 to 03:00.
        #expect(
            try Self.times("30 2 * * *", after: "2026-03-28T00:00:00Z", zone)
                == ["2026-03-28T02:30+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00"])
        // Both times in the gap are one moment.
        #expect(
            try Self.times("0,30 2 * * *", after: "2026-03-29T00:00:00Z", zone)
                == ["2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00", "2026-03-30T02:30+02:00"])
        #expect(
            try Self.times("30 * * * *", after: "2026-03-29T00:00:00Z", zone)
                == ["2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00", "2026-03-29T04:30+02:00"])
    }

    @Test("an hour that comes twice: what names hours comes the first time, what goes by time both times")
    func fallBack() throws {
        let zone = "Europe/Berlin"  // 2026-10-25, from 03:00 to 02:00.
        #expect(
            try Self.times("30 2 * * *", after: "2026-10-24T12:00:00Z", zone)
                == ["2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00", "2026-10-27T02:30+01:00"])
        #expect(
            try Self.times("30 * * * *", after: "2026-10-24T23:35:00Z", zone, count: 4)
                == [
                    "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", "2026-10-25T03:30+01:00",
                    "2026-10-25T04:30+01:00",
                ])
    }

    @Test("a midnight that is left out, half an hour of daylight saving, and a whole day that an island skipped")
    func oddClocks() throws {
        #expect(
            try Self.times("10 0 * * *", after: "2018-11-03T12:00:00Z", "America/Sao_Paulo", count: 2)
                == ["2018-11-04T01:00-02:00", "2018-11-05T00:10-02:00"])
        #expect(
            try Self.times("15 2 * * *", after: "2026-10-03T00:00:00Z", "Australia/Lord_Howe", count: 2)
                == ["2026-10-04T02:30+11:00", "2026-10-05T02:15+11:00"])
        #expect(
            try Self.times("0 12 * * *", after: "2011-12-29T12:00:00Z", "Pacific/Apia", count: 3)
                == ["2011-12-29T12:00-10:00", "2011-12-31T00:00+14:00", "2011-12-31T12:00+14:00"])
    }

    @Test("the last few before a moment, in order")
    func missed() throws {
        let cron = try CronExpression(parsing: "10 0 * * *")
        let zone = try #require(TimeZone(identifier: Self.seoul))
        let start = try #require(Timestamp(iso8601: "2026-11-01T00:00:00Z"))
        let end = try #require(Timestamp(iso8601: "2026-11-25T15:10:00Z"))
        let found = cron.occurrences(after: start, through: end, in: zone, limit: 2)
        #expect(found.map(\.name) == ["2026-11-25T00:10+09:00", "2026-11-26T00:10+09:00"])
        #expect(found.last?.moment == end)
        #expect(cron.occurrences(after: end, through: end, in: zone, limit: 9).isEmpty)
        #expect(cron.occurrences(after: start, through: end, in: zone, limit: 99).count == 25)
    }

    @Test(
        "what is no cron line is refused in a sentence",
        arguments: [
            ("", "“” has 0 fields; a cron line has five."),
            ("@daily", "“@daily” has 1 fields; a cron line has five."),
            ("60 * * * *", "“60” is no minute: those are 0 to 59."),
            ("-1 * * * *", "“-1” is no minute: those are 0 to 59."),
            ("* 24 * * *", "“24” is no hour: those are 0 to 23."),
            ("* * 0 * *", "“0” is no day of the month: those are 1 to 31."),
            ("* * * 13 *", "“13” is no month: those are 1 to 12, or jan to dec."),
            ("* * * * 8", "“8” is no day of the week: those are 0 to 7, or sun to sat."),
            ("* * * * mo", "“mo” is no day of the week: those are 0 to 7, or sun to sat."),
            ("5-1 * * * *", "“5-1” is no minute: a range goes upwards."),
            ("5/10 * * * *", "“5/10” is no minute: a step follows * or a range, such as */10."),
            ("*/0 * * * *", "“*/0” is no minute: a step is a number from 1 behind one slash."),
            ("1,,2 * * * *", "“” is no minute: those are 0 to 59."),
            ("٣ * * * *", "“٣” is no minute: those are 0 to 59."),
            ("99999999999999999999 * * * *", "“99999999999999999999” is no minute: those are 0 to 59."),
            ("0 0 30 feb *", "“0 0 30 feb *” never comes: no such month has a day 30."),
        ])
    func refused(_ line: String, _ sentence: String) {
        let error = #expect(throws: CronError.self) { try CronExpression(parsing: line) }
        #expect(error?.description == sentence)
    }
}
