package import JSON

/// Recomputes a day of DailyStatistics from the day's sessions, results and conversations.
package struct StatisticsAggregate: JobPayload {
    package static let kind = JobKind.statisticsAggregate
    package static let summary =
        "Recomputes a day of DailyStatistics from the day's sessions, results and conversations."

    package static let fields: [PayloadField] = [
        .required("date", .date, "The day, in the school's time zone."),
        .optional("student_email", .email, "One student; everybody who was active that day when left out."),
    ]

    package var date: String
    package var studentEmail: String?

    package init(date: String, studentEmail: String?) {
        self.date = date
        self.studentEmail = studentEmail
    }

    package init(_ values: PayloadValues) {
        date = values.string("date")
        studentEmail = values.optionalString("student_email")
    }

    package var values: [String: JSONValue?] {
        [
            "date": .string(date),
            "student_email": studentEmail.map { .string($0) },
        ]
    }
}
