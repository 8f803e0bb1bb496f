package import Documents
package import SpeakModel

/// Which occurrence of each schedule was seen to last, in a row of AsyncJobStatus beside the jobs'.
///
/// Such a row has no status, so it is no job's, and no lifetime.
package struct ScheduleLedger: Sendable {
    private let documents: any DocumentStore

    package init(documents: any DocumentStore) { self.documents = documents }

    package static let prefix = "schedule:"

    /// - Returns: `nil` for a schedule that was never seen to.
    package func last(of schedule: Schedule) async throws -> Timestamp? {
        try await row(of: schedule)?["last_occurrence"]?.string.flatMap { Timestamp(iso8601: $0) }
    }

    /// Whether the schedule was seen to by another line than it has now.
    func wasOther(_ schedule: Schedule) async throws -> Bool {
        try await row(of: schedule)?["cron"]?.string.map { $0 != schedule.cron.description } ?? false
    }

    private func row(of schedule: Schedule) async throws -> Item? {
        try await documents.get(Self.key(of: schedule), from: Table.asyncJobStatus.name)
    }

    /// Notes an occurrence, unless a later one is noted.
    func note(_ moment: Timestamp, of schedule: Schedule) async throws {
        let text = AttributeValue.string(moment.iso8601)
        let write = DocumentWrite(
            table: Table.asyncJobStatus.name,
            .update(
                key: Self.key(of: schedule),
                .set(["last_occurrence": text, "cron": .string(schedule.cron.description)])),
            if: .notExists("last_occurrence") || .compare("last_occurrence", .less, text))
        do { try await documents.write(write) } catch DocumentError.conditionFailed {}
    }

    private static func key(of schedule: Schedule) -> Item { ["job_id": .string(prefix + schedule.name)] }
}
