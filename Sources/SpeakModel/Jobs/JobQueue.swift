/// The queues that jobs wait in.
package enum JobQueue: String, CaseIterable, Sendable {
    case synthesis = "speaktracker-synthesis"
    case scoring = "speaktracker-scoring"
    case statistics = "speaktracker-statistics"

    package var name: String { rawValue }

    /// Where messages go that failed too often.
    package var deadLetterName: String { rawValue + "-dlq" }
}
