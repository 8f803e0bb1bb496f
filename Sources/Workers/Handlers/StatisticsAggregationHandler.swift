import Crypto
package import Documents
package import Foundation
package import SpeakModel

/// Recomputes a day of DailyStatistics from the day's sessions, results and conversations.
package struct StatisticsAggregationHandler: JobHandler {
    private let documents: any DocumentStore
    private let timeZone: TimeZone
    private let now: @Sendable () -> Timestamp

    package init(documents: any DocumentStore, timeZone: TimeZone, now: @escaping @Sendable () -> Timestamp) {
        self.documents = documents
        self.timeZone = timeZone
        self.now = now
    }

    package func handle(_ payload: StatisticsAggregate, job: JobContext) async throws -> Outcome {
        guard let date = CalendarDate(payload.date) else {
            preconditionFailure("The document's check let a bad date pass.")
        }
        guard date.start(in: timeZone) <= now() else {
            throw JobFailure.giveUp(reason: "The day \(date) has not begun.")
        }
        if let student = payload.studentEmail { return aggregate(student, date) }
        return try await fanOut(date, jobID: job.id)
    }

    /// Results and conversations live 30 days.
    ///
    /// A day recomputed after that would come out too small, so a row that is there is left as it is.
    private func aggregate(_ student: String, _ date: CalendarDate) -> Outcome {
        let (timeZone, now) = (timeZone, now)
        return Outcome(plan: { documents, _ in
            var row = try await DailyStatisticsRow(of: student, on: date, from: documents)
            guard row.isNew || now() - date.start(in: timeZone) <= .days(30) else {
                throw JobFailure.giveUp(
                    reason: "The day \(date) is left as it is: results and conversations are kept for 30 days only.")
            }
            try await row.recount(in: timeZone, from: documents)
            let isEmpty = row.isNew && row.totals.isZero && row.sessionsCount == 0
            return isEmpty ? [] : [try row.write(at: now())]
        })
    }

    /// One job a student, since a transaction has room for a hundred rows only.
    private func fanOut(_ date: CalendarDate, jobID: String) async throws -> Outcome {
        let range = DayRange(date, in: timeZone)
        var students: Set<String> = []
        for table in [Table.learningSessions, .pronunciationResults, .aiConversations] {
            students.formUnion(try await range.students(in: table, from: documents))
        }
        let jobs = students.sorted().map { student in
            JobDocument(
                id: Self.id(of: student, under: jobID),
                payload: StatisticsAggregate(date: date.description, studentEmail: student))
        }
        return Outcome(result: ["students": .number(jobs.count)], followUps: jobs)
    }

    /// An id that tells nothing of the student, and is the same whenever this job fans out.
    private static func id(of student: String, under jobID: String) -> String {
        let digest = SHA256.hash(data: Array("\(jobID)\u{0}\(student)".utf8)).prefix(8)
        return jobID.prefix(100) + "/" + digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
