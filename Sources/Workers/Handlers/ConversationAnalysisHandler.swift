import Acoustics
package import Documents
package import Foundation
package import Objects
import Pronunciation
package import SpeakModel

/// Measures one spoken turn: AIConversations counts it, DailyStatistics takes it in.
package struct ConversationAnalysisHandler: JobHandler {
    private let objects: any ObjectStore
    private let timeZone: TimeZone
    private let now: @Sendable () -> Timestamp

    package init(objects: any ObjectStore, timeZone: TimeZone, now: @escaping @Sendable () -> Timestamp) {
        self.objects = objects
        self.timeZone = timeZone
        self.now = now
    }

    package func handle(_ payload: ConversationAnalyze, job: JobContext) async throws -> Outcome {
        guard let moment = Timestamp(iso8601: payload.timestamp) else {
            preconditionFailure("The document's check let a bad timestamp pass.")
        }
        let turn = Turn(try await Recording(at: payload.s3Key, from: objects), transcript: payload.transcribedText)
        let ledger = RecordingLedger(studentEmail: payload.studentEmail, timeZone: timeZone, now: now)
        let now = now
        let sessions = payload.sessionTimestamp.map { [$0: turn.speakingInMilliseconds] } ?? [:]
        return Outcome(
            result: turn.summary,
            plan: { documents in
                let booked = try await ledger.writes(
                    at: moment, replacing: DayTotals(), with: turn.totals, sessions: sessions, type: .conversation,
                    from: documents)
                let conversation = try await ConversationRow(of: payload, from: documents)
                return [try conversation.write(adding: turn.totals, at: now())] + booked
            })
    }
}

/// One spoken turn's figures.
private struct Turn {
    let speakingInMilliseconds: Int
    let totals: DayTotals
    let summary: Item

    init(_ recording: Recording, transcript: String?) {
        let activity = recording.activity
        let latency = recording.responseLatencyInMilliseconds
        let syllables = transcript.map { SyllableCounter.count(in: $0) }
        let pace = syllables.map { Double($0) / (Double(activity.speakingInMilliseconds) / 1000) }
        let quality = ResponseQuality.score(
            latencyInMilliseconds: latency, netSpeakingDensity: activity.netSpeakingDensity, syllablesPerSecond: pace,
            speakingInMilliseconds: activity.speakingInMilliseconds)
        speakingInMilliseconds = activity.speakingInMilliseconds
        let density = DocumentNumber(measured: activity.netSpeakingDensity, decimals: 6)
        let roundedQuality = DocumentNumber(measured: quality, decimals: 2)
        totals = DayTotals([
            .chatTurnsCount: 1, .totalRecordingTime: DocumentNumber(activity.recordingInMilliseconds),
            .totalSpeakingTime: DocumentNumber(activity.speakingInMilliseconds), .sumOfNetSpeakingDensity: density,
            .sumOfResponseLatency: DocumentNumber(latency), .sumOfResponseQuality: roundedQuality,
        ])
        var summary: Item = [
            "response_latency_ms": .number(latency), "net_speaking_density": .number(density),
            "response_quality": .number(roundedQuality), "audio_duration_ms": .number(activity.recordingInMilliseconds),
            "speaking_duration_ms": .number(activity.speakingInMilliseconds),
        ]
        summary["syllables_per_second"] = pace.map { .number($0, decimals: 3) }
        self.summary = summary
    }
}
