/// The key of a row of PronunciationResults.
package struct ResultKey: Hashable, Sendable {
    package let studentEmail: String
    /// As the row spells it.
    package let timestamp: String

    package init(studentEmail: String, timestamp: String) {
        (self.studentEmail, self.timestamp) = (studentEmail, timestamp)
    }
}
