package import Archives
package import Documents
import JSON
import Reports
import SpeakModel

/// Scores one recording of an archive after another.
package struct ArchiveScorer: Sendable {
    private let assessor: ReadingAssessor

    package init(assessor: ReadingAssessor) { self.assessor = assessor }

    /// The result's line, whatever happens.
    ///
    /// - Parameters:
    ///   - audio: The recording's file, or why there is none.
    ///   - row: The row of PronunciationResults that shall follow, as it is now.
    package func score(
        _ entry: ArchiveEntry, audio: Result<[UInt8], ArchiveError>, replacing row: Item? = nil
    ) async -> ScoredEntry {
        do {
            let recording = try Recording(decoding: try audio.get(), spanInMilliseconds: entry.spanInMilliseconds)
            let reading = try await assessor.read(recording, of: entry.text)
            let line = entry.labelled(reading.json(id: entry.id, audio: entry.audio)).text
            guard let row else { return ScoredEntry(line: line, row: nil) }
            return ScoredEntry(line: line, row: try await rescored(row, from: recording, reading))
        } catch let error as ArchiveError {
            return .failed(entry.id, error.description)
        } catch {
            return .failed(entry.id, JobFailure(classifying: error).reason)
        }
    }

    /// The row as `pronunciation.score` would write it today.
    private func rescored(
        _ row: Item, from recording: Recording, _ reading: AssessedReading
    ) async throws -> RescoredRow {
        let payload = RescoredRow.payload(of: row, text: reading.text)
        let jobID = row["job_id"]?.string ?? ""
        guard payload.transcribedText == nil else {
            let judged = try await ReadingJudge(assessor: assessor).row(for: payload, of: recording, jobID: jobID)
            return RescoredRow(replacing: row, by: judged.attributes)
        }
        let judged = PronunciationResultRow(
            payload: payload, verdict: .sound(reading.assessment), recording: recording,
            paceRatio: reading.paceRatio, jobID: jobID)
        return RescoredRow(replacing: row, by: judged.attributes)
    }
}

/// What scoring one recording came to.
package struct ScoredEntry: Sendable {
    /// A line of the results.
    package let line: String
    /// The row that follows, where one was asked for.
    package let row: RescoredRow?

    package init(line: String, row: RescoredRow?) { (self.line, self.row) = (line, row) }

    package static func failed(_ id: String, _ reason: String) -> ScoredEntry {
        ScoredEntry(line: AssessedReading.failureJSON(id: id, error: reason).text, row: nil)
    }
}
