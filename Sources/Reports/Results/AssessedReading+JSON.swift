package import JSON
import Pronunciation

extension AssessedReading {
    /// The object that `speaktracker score --json` prints and `rescore` writes a line of.
    ///
    /// Names are those of the rows of PronunciationResults. Scores and ratios have two decimals at most; what is unknown
    /// is left out.
    ///
    /// - Parameters:
    ///   - id: What the caller knows the recording by.
    ///   - audio: The recording's file or key.
    package func json(id: String? = nil, audio: String? = nil) -> JSONValue {
        var members = assessment.resultMembers
        members["text"] = .string(text)
        members["id"] = id.map { .string($0) }
        members["audio"] = audio.map { .string($0) }
        members["audio_duration_ms"] = .number(audioDurationInMilliseconds)
        members["speaking_duration_ms"] = .number(speakingDurationInMilliseconds)
        members["net_speaking_density"] = .number(rounding: netSpeakingDensity)
        members["pace_ratio"] = paceRatio.map { .number(rounding: $0) }
        return .object(members)
    }

    /// The line for a recording that could not be scored.
    package static func failureJSON(id: String, error: String) -> JSONValue {
        .object(["id": .string(id), "error": .string(error)])
    }
}

extension JSONValue {
    /// - Precondition: `value` is finite.
    static func number(rounding value: Double) -> JSONValue {
        precondition(value.isFinite, "JSON has no number for \(value).")
        return .number(value.plain(decimals: 2))
    }
}
