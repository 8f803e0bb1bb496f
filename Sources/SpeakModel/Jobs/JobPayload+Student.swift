import JSON

extension JobPayload {
    /// The one student whom the job is about, where it is about one.
    package var studentEmail: String? {
        guard case .some(.some(let value)) = values["student_email"] else { return nil }
        return value.string
    }
}
