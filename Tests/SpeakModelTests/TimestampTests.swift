import Foundation
import SpeakModel
import Testing

@Suite struct TimestampTests {
    @Test(
        "moments are written as ISO-8601 with milliseconds and read again",
        arguments: [
            (Int64(0), "1970-01-01T00:00:00.000Z"), (1_737_711_000_250, "2025-01-24T09:30:00.250Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"), (951_868_799_999, "2000-02-29T23:59:59.999Z"),
            (-1, "1969-12-31T23:59:59.999Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ])
    func iso8601(_ milliseconds: Int64, _ text: String) {
        #expect(Timestamp(milliseconds: milliseconds).iso8601 == text)
        #expect(Timestamp(iso8601: text)?.milliseconds == milliseconds)
    }

    @Test(
        "zones and fractions of any length are understood",
        arguments: [
            "2025-01-24T18:30:00+09:00", "2025-01-24T18:30:00.0+0900", "2025-01-24T04:30:00.000000-05:00",
            "2025-01-24t09:30:00z",
        ])
    func zones(_ text: String) {
        #expect(Timestamp(iso8601: text)?.iso8601 == "2025-01-24T09:30:00.000Z")
    }

    @Test(
        "what is no moment is refused",
        arguments: [
            "", "2025-01-24", "2025-01-24T09:30:00", "2025-02-30T00:00:00Z", "2025-13-01T00:00:00Z",
            "2025-01-24T24:00:00Z",
            "2025-01-24T09:60:00Z", " 2025-01-24T09:30:00Z", "yesterday",
        ])
    func malformed(_ text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test("the day is the school's, not the server's")
    func dates() throws {
        let seoul = try #require(TimeZone(identifier: "Asia/Seoul"))
        let moment = try #require(Timestamp(iso8601: "2025-01-24T15:00:00Z"))
        #expect(moment.date(in: seoul).description == "2025-01-25")
        #expect((moment + .milliseconds(-1)).date(in: seoul).description == "2025-01-24")
        let day = try #require(CalendarDate("2025-01-25"))
        #expect(day.start(in: seoul) == moment)
        #expect(day.previous.next == day)
    }

    @Test("a day begins when its clock says so, also where clocks change at midnight")
    func midnightChange() throws {
        let santiago = try #require(TimeZone(identifier: "America/Santiago"))
        let day = try #require(CalendarDate("2024-09-08"))
        #expect(day.start(in: santiago).iso8601 == "2024-09-08T04:00:00.000Z")
    }

    @Test("every day of eight centuries is written as Foundation writes it")
    func calendar() throws {
        let formatter = DateFormatter()
        formatter.calendar = Calendar(identifier: .gregorian)
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "yyyy-MM-dd"
        for day in stride(from: Int64(-20_000), to: 270_000, by: 7) {
            let expected = formatter.string(from: Date(timeIntervalSince1970: Double(day) * 86_400))
            #expect(CalendarDate(daysSince1970: day).description == expected)
            #expect(CalendarDate(expected)?.daysSince1970 == day)
        }
    }
}
