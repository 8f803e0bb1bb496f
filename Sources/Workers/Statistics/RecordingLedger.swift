import Documents
import Foundation
import SpeakModel

/// Books what one recording adds to its student's day, and to the learning session it belongs to.
struct RecordingLedger {
    let studentEmail: String
    let timeZone: TimeZone
    let now: @Sendable () -> Timestamp

    /// Replaces what a row added before by what it adds now.
    ///
    /// - Parameters:
    ///   - moment: The row's timestamp, which says the day.
    ///   - old: What the row stood for until now; nothing for a new row.
    ///   - sessions: What each learning session's speaking time changes by, in milliseconds, by its timestamp.
    func writes(
        at moment: Timestamp, replacing old: DayTotals, with new: DayTotals, sessions: [String: Int],
        type: SessionType, from documents: any DocumentStore
    ) async throws -> [DocumentWrite] {
        let date = moment.date(in: timeZone)
        var row = try await DailyStatisticsRow(of: studentEmail, on: date, from: documents)
        row.totals = try row.totals.subtracting(old).adding(new)
        let changes = sessions.filter { $0.value != 0 }
        row.sessionsCount = try await sessionCount(on: date, besides: changes.keys, from: documents)
        return [try row.write(at: now())]
            + changes.sorted { $0.key < $1.key }.map { sessionWrite($0.key, adding: $0.value, type: type) }
    }

    /// The day's learning sessions, with those that this commit brings into being.
    private func sessionCount(
        on date: CalendarDate, besides added: some Sequence<String>, from documents: any DocumentStore
    ) async throws -> Int {
        let range = DayRange(date, in: timeZone)
        let rows = try await range.rows(of: studentEmail, in: .learningSessions, from: documents)
        let known = Set(rows.compactMap { $0["timestamp"]?.string })
        let fresh = added.filter { Timestamp(iso8601: $0)?.date(in: timeZone) == date }
        return known.union(fresh).count
    }

    func sessionWrite(_ timestamp: String, adding milliseconds: Int, type: SessionType) -> DocumentWrite {
        let update = UpdateExpression(
            set: [
                .init("session_type", .ifNotExists("session_type", .value(.string(type.rawValue)))),
                .init("ttl", .ifNotExists("ttl", .value(.lifetime(of: .learningSessions, from: now())))),
            ],
            add: [.init("speaking_duration", .number(milliseconds))])
        let key: Item = ["student_email": .string(studentEmail), "timestamp": .string(timestamp)]
        return DocumentWrite(table: Table.learningSessions.name, .update(key: key, update))
    }
}
