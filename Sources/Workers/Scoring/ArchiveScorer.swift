import Acoustics
package import Archives
package import Documents
import JSON
import Reports
import SpeakModel

/// Scores one recording of an archive after another.
package struct ArchiveScorer: Sendable {
    private let judge: ReadingJudge

    package init(assessor: ReadingAssessor) { judge = ReadingJudge(assessor: assessor) }

    /// The result's line, whatever happens.
    ///
    /// - Parameters:
    ///   - audio: The recording's file, or why there is none.
    ///   - row: The row of PronunciationResults that shall follow, as it is now; its transcript counts where the source
    ///     gives none.
    package func score(
        _ entry: ArchiveEntry, audio: Result<[UInt8], ArchiveError>, replacing row: Item? = nil
    ) async -> ScoredEntry {
        do {
            let recording = try Recording(decoding: try audio.get(), spanInMilliseconds: entry.spanInMilliseconds)
            let transcript = entry.transcript ?? row.flatMap(SchoolTranscript.text)
            let judged = try await judge.judge(recording, of: entry.text, transcript: transcript)
            return ScoredEntry(
                line: entry.labelled(judged.json(id: entry.id, audio: entry.audio)).text,
                row: row.map { Self.rescored($0, judged) })
        } catch let error as ArchiveError {
            return .failed(entry.id, error.description)
        } catch {
            let obstacle = (error as? AudioError).flatMap { $0.isTransient ? $0 : nil }
            return .failed(entry.id, JobFailure(classifying: error).reason, obstacle: obstacle)
        }
    }

    /// The row as `pronunciation.score` would write it today.
    private static func rescored(_ row: Item, _ judged: JudgedReading) -> RescoredRow {
        let payload = RescoredRow.payload(of: row, text: judged.text, transcript: judged.transcript)
        return RescoredRow(
            replacing: row, by: judged.row(for: payload, jobID: row["job_id"]?.string ?? "").attributes)
    }
}
