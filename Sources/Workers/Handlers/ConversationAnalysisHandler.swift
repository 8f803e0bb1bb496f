import Acoustics
import Documents
package import Foundation
package import Objects
import Pronunciation
package import SpeakModel
import Speech

/// Measures one spoken turn: AIConversations counts it, DailyStatistics takes it in.
package struct ConversationAnalysisHandler: JobHandler {
    private let objects: any ObjectStore
    private let assessor: ReadingAssessor
    private let timeZone: TimeZone
    private let now: @Sendable () -> Timestamp

    package init(
        objects: any ObjectStore, assessor: ReadingAssessor, timeZone: TimeZone,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.objects = objects
        self.assessor = assessor
        self.timeZone = timeZone
        self.now = now
    }

    package func handle(_ payload: ConversationAnalyze, job: JobContext) async throws -> Outcome {
        guard let moment = Timestamp(iso8601: payload.timestamp) else {
            preconditionFailure("The document's check let a bad timestamp pass.")
        }
        let recording = try await Recording(at: payload.s3Key, from: objects)
        let syllables =
            try payload.transcribedText.map { SyllableCounter.count(in: $0) }
            ?? assessor.syllables(in: recording)
        let isKorean = payload.transcribedText.map { SpokenLanguage(of: $0) == .ko } ?? false
        let turn = Turn(recording, syllables: syllables, isKorean: isKorean)
        let ledger = RecordingLedger(studentEmail: payload.studentEmail, timeZone: timeZone, now: now)
        let now = now
        let sessions = payload.sessionTimestamp.map { [$0: turn.speakingInMilliseconds] } ?? [:]
        return Outcome(
            result: turn.summary,
            plan: { documents, _ in
                let booked = try await ledger.writes(
                    at: moment, replacing: DayTotals(), with: turn.totals, sessions: sessions, type: .conversation,
                    from: documents)
                let conversation = try await ConversationRow(of: payload, from: documents)
                return [try conversation.write(adding: turn.totals, at: now())] + booked
            })
    }
}
