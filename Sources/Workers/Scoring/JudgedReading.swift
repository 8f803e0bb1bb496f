import Acoustics
import Documents
import JSON
import Pronunciation
import Reports
import SpeakModel

/// One recording of one sentence with what was found in it: what a row says of it, and what a line of results says.
struct JudgedReading {
    /// The sentence that was to be read.
    let text: String
    /// What the school's speech recognition heard, if anything.
    let transcript: String?
    let recording: Recording
    let verdict: ReadingVerdict
    /// The model sentence's speaking time ÷ the learner's; `nil` when unknown.
    let paceRatio: Double?

    func row(for payload: PronunciationScore, jobID: String) -> PronunciationResultRow {
        PronunciationResultRow(
            payload: payload, verdict: verdict, recording: recording, paceRatio: paceRatio, jobID: jobID)
    }

    /// The members of `speaktracker score --json`; where a transcript counted, the scores and words that the row has.
    func json(id: String, audio: String) -> JSONValue {
        let activity = recording.activity
        if case .sound(let assessment) = verdict {
            return AssessedReading(text: text, assessment: assessment, activity: activity, paceRatio: paceRatio)
                .json(id: id, audio: audio)
        }
        var members = verdict.attributes.mapValues(\.plainJSON)
        (members["id"], members["audio"], members["text"]) = (.string(id), .string(audio), .string(text))
        members["transcribed_text"] = transcript.map { .string($0) }
        members["audio_duration_ms"] = .number(activity.recordingInMilliseconds)
        members["speaking_duration_ms"] = .number(activity.speakingInMilliseconds)
        members["net_speaking_density"] = .number(activity.netSpeakingDensity.plain(decimals: 2))
        members["pace_ratio"] = paceRatio.map { .number($0.plain(decimals: 2)) }
        return .object(members)
    }
}
