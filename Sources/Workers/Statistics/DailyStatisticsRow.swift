import Documents
import Foundation
import SpeakModel

/// A student's day in DailyStatistics: totals, and the means that follow from them.
///
/// The row is only ever replaced whole, on the condition that nobody changed it since it was read, so that no update is
/// lost and none is counted twice.
struct DailyStatisticsRow {
    let studentEmail: String
    let date: CalendarDate
    var totals: DayTotals
    var sessionsCount: Int
    /// Counts the row's changes; 0 for a row that is not there yet.
    private let version: Int

    var isNew: Bool { version == 0 }

    /// Reads the row, or begins one.
    init(of studentEmail: String, on date: CalendarDate, from documents: any DocumentStore) async throws {
        let key: Item = ["student_email": .string(studentEmail), "date": .string(date.description)]
        let item = try await documents.get(key, from: Table.dailyStatistics.name) ?? [:]
        self.studentEmail = studentEmail
        self.date = date
        totals = DayTotals(item)
        sessionsCount = item["sessions_count"]?.number?.int ?? 0
        version = item["version"]?.number?.int ?? 0
    }

    /// Counts the day anew, from its sessions, results and conversations.
    mutating func recount(in timeZone: TimeZone, from documents: any DocumentStore) async throws {
        let range = DayRange(date, in: timeZone)
        let results = try await range.rows(of: studentEmail, in: .pronunciationResults, from: documents)
        let conversations = try await range.rows(of: studentEmail, in: .aiConversations, from: documents)
        totals = try (results.map(PronunciationResultRow.totals) + conversations.map(ConversationRow.totals))
            .reduce(DayTotals()) { try $0.adding($1) }
        sessionsCount = try await range.rows(of: studentEmail, in: .learningSessions, from: documents).count
    }

    /// Writes the row, if it is still as it was read.
    func write(at now: Timestamp) throws -> DocumentWrite {
        DocumentWrite(table: Table.dailyStatistics.name, .put(try item(at: now)), if: isUnchanged)
    }

    private var isUnchanged: Condition {
        isNew
            ? .notExists("version") : .compare(.path("version"), .equal, .value(.number(version)))
    }

    private func item(at now: Timestamp) throws -> Item {
        let fixed: Item = [
            "student_email": .string(studentEmail), "date": .string(date.description),
            "sessions_count": .number(sessionsCount), "version": .number(version + 1),
            "ttl": .lifetime(of: .dailyStatistics, from: now),
        ]
        return fixed.merging(totals.attributes) { $1 }.merging(try means()) { $1 }
    }

    /// The means of what has been counted; a mean of nothing is left out.
    private func means() throws -> Item {
        let recordings = try totals[.practiceCount] + totals[.chatTurnsCount]
        let pairs: [(String, DayTotals.Field, DocumentNumber)] = [
            ("avg_net_speaking_density", .sumOfNetSpeakingDensity, recordings),
            ("avg_pace_ratio", .sumOfPaceRatio, totals[.paceRatioCount]),
            ("avg_response_latency", .sumOfResponseLatency, totals[.chatTurnsCount]),
            ("avg_response_quality", .sumOfResponseQuality, totals[.chatTurnsCount]),
        ]
        return Item(
            uniqueKeysWithValues: try pairs.filter { $0.2 != 0 }.map { name, sum, count in
                (name, .number(try totals[sum].dividing(by: count, scale: Self.decimalsOfMeans)))
            })
    }

    static let decimalsOfMeans = 12
}
