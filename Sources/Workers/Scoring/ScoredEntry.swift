package import Acoustics
import JSON
import Reports

/// What scoring one recording came to.
package struct ScoredEntry: Sendable {
    /// A line of the results.
    package let line: String
    /// The row that follows, where one was asked for.
    package let row: RescoredRow?
    /// What was out of order beyond the recording, if anything: the same one may be scored later.
    package let obstacle: AudioError?

    package init(line: String, row: RescoredRow?, obstacle: AudioError? = nil) {
        (self.line, self.row, self.obstacle) = (line, row, obstacle)
    }

    package static func failed(_ id: String, _ reason: String, obstacle: AudioError? = nil) -> ScoredEntry {
        ScoredEntry(line: AssessedReading.failureJSON(id: id, error: reason).text, row: nil, obstacle: obstacle)
    }
}
