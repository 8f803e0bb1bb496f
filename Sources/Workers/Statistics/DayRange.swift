import Documents
import Foundation
import SpeakModel

/// The rows of one day, in tables whose sort key is an ISO-8601 `timestamp`.
struct DayRange {
    let start: Timestamp
    let end: Timestamp

    init(_ date: CalendarDate, in timeZone: TimeZone) {
        start = date.start(in: timeZone)
        end = date.next.start(in: timeZone)
    }

    /// Sort keys of the day, however many decimals their seconds have: `…59Z` and `…59.999Z` sort before `…59~`.
    private var bounds: (AttributeValue, AttributeValue) {
        let lastSecond = (end + .seconds(-1)).iso8601.prefix(19)
        return (.string(String(start.iso8601.prefix(19))), .string(lastSecond + "~"))
    }

    /// A student's rows of the day.
    func rows(of studentEmail: String, in table: Table, from documents: any DocumentStore) async throws -> [Item] {
        var query = DocumentQuery(
            table: table.name,
            key: KeyCondition(
                "student_email", .string(studentEmail), sort: .init("timestamp", .between(bounds.0, bounds.1))))
        var rows: [Item] = []
        repeat {
            let page = try await documents.query(query)
            rows += try page.items
            query.startAfter = page.lastKey
        } while query.startAfter != nil
        return rows
    }

    /// Everybody who has a row of the day in this table.
    ///
    /// Reads the whole table, so it is for the night.
    func students(in table: Table, from documents: any DocumentStore) async throws -> Set<String> {
        var scan = DocumentScan(
            table: table.name, filter: .between(.path("timestamp"), .value(bounds.0), .value(bounds.1)))
        var students: Set<String> = []
        repeat {
            let page = try await documents.scan(scan)
            students.formUnion(try page.items.compactMap { $0["student_email"]?.string })
            scan.startAfter = page.lastKey
        } while scan.startAfter != nil
        return students
    }
}
