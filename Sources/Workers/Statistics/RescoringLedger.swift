package import Documents
package import Foundation
package import SpeakModel

/// Replaces rows of PronunciationResults, and books the difference in their students' days and sessions.
package struct RescoringLedger: Sendable {
    private let timeZone: TimeZone
    private let now: @Sendable () -> Timestamp

    package init(timeZone: TimeZone, now: @escaping @Sendable () -> Timestamp) {
        (self.timeZone, self.now) = (timeZone, now)
    }

    /// The writes that are still to be done: none for rows that this scorer has written before, that another job has
    /// written meanwhile, or that are gone.
    ///
    /// Each is on the condition that its row is as it was read, so that repeating them changes nothing. Of several about
    /// one row the first counts.
    package func writes(_ rows: [RescoredRow], from documents: any DocumentStore) async throws -> [DocumentWrite] {
        var changes: [Change] = []
        var seen: Set<Item> = []
        for row in rows where seen.insert(row.key).inserted {
            let old = try await documents.get(row.key, from: Table.pronunciationResults.name)
            if let old, row.follows(old) { changes.append(Change(old: old, new: row)) }
        }
        return changes.map(rowWrite) + (try await dayWrites(changes, documents)) + sessionWrites(changes)
    }

    /// Commits rows at once or not at all.
    ///
    /// - Returns: Whether anything was to be written.
    package func commit(_ rows: [RescoredRow], to documents: any DocumentStore) async throws -> Bool {
        while true {
            let writes = try await writes(rows, from: documents)
            guard !writes.isEmpty else { return false }
            do {
                try await documents.transact(writes)
                return true
            } catch DocumentError.transactionCancelled(let reasons) {
                // Somebody else's commit went through; all others are told again.
                for case .invalid(let reason) in reasons { throw DocumentError.invalid(reason) }
            }
        }
    }

    private struct Change {
        let old: Item
        let new: RescoredRow

        /// The row as it becomes.
        var row: Item { new.replaced(old) }
    }

    private func rowWrite(_ change: Change) -> DocumentWrite {
        DocumentWrite(
            table: Table.pronunciationResults.name, .update(key: change.new.key, change.new.update(at: now())),
            if: .and(Self.same("job_id", as: change.old), Self.same("scorer", as: change.old)))
    }

    private static func same(_ name: String, as old: Item) -> Condition {
        guard let value = old[name] else { return .and(.exists("student_email"), .notExists(DocumentPath(name))) }
        return .compare(.path(DocumentPath(name)), .equal, .value(value))
    }

    private struct Day: Hashable {
        let studentEmail: String
        let date: CalendarDate
    }

    private func dayWrites(_ changes: [Change], _ documents: any DocumentStore) async throws -> [DocumentWrite] {
        var days: [Day: [Change]] = [:]
        for change in changes {
            guard let moment = Timestamp(iso8601: change.new.timestamp) else { continue }
            let day = Day(studentEmail: change.new.studentEmail, date: moment.date(in: timeZone))
            days[day, default: []].append(change)
        }
        var writes: [DocumentWrite] = []
        for (day, changes) in days {
            var row = try await DailyStatisticsRow(of: day.studentEmail, on: day.date, from: documents)
            if row.isNew { try await row.recount(in: timeZone, from: documents) }
            for change in changes {
                row.totals = try row.totals.subtracting(PronunciationResultRow.totals(of: change.old))
                    .adding(PronunciationResultRow.totals(of: change.row))
            }
            writes.append(try row.write(at: now()))
        }
        return writes
    }

    private struct Session: Hashable {
        let studentEmail: String
        let timestamp: String
    }

    private func sessionWrites(_ changes: [Change]) -> [DocumentWrite] {
        var milliseconds: [Session: Int] = [:]
        for change in changes {
            for (timestamp, difference) in PronunciationResultRow.sessionChanges(from: change.old, to: change.row) {
                milliseconds[
                    Session(studentEmail: change.new.studentEmail, timestamp: timestamp), default: 0] += difference
            }
        }
        return milliseconds.filter { $0.value != 0 }.map { session, difference in
            RecordingLedger(studentEmail: session.studentEmail, timeZone: timeZone, now: now)
                .sessionWrite(session.timestamp, adding: difference, type: .practice)
        }
    }
}
