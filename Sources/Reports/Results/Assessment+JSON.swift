package import JSON
package import Pronunciation

extension Assessment {
    /// What the scorer found, under the names of PronunciationResults' attributes.
    package var resultMembers: [String: JSONValue] {
        [
            "overall_score": .number(rounding: scores.overall),
            "accuracy_score": .number(rounding: scores.accuracy),
            "fluency_score": .number(rounding: scores.fluency),
            "prosody_score": .number(rounding: scores.prosody),
            "completeness_score": .number(rounding: scores.completeness),
            "grade": .string(grade.rawValue),
            "missed_words": .array(missedWords.map { .string($0) }),
            "extra_words": .array(extraWords.map { .string($0.soundsText) }),
            "words": .array(words.map(\.json)),
            "scorer": .string(scorer),
        ]
    }
}

extension AssessedWord {
    /// `kind` is `matched` or `missed`, as for words that were aligned with a transcript.
    var json: JSONValue {
        [
            "text": .string(text), "kind": .string(isSpoken ? "matched" : "missed"),
            "start_ms": .number(spanInMilliseconds.lowerBound), "end_ms": .number(spanInMilliseconds.upperBound),
            "accuracy_score": .number(rounding: accuracyScore), "phones": .array(phones.map(\.json)),
        ]
    }
}

extension AssessedPhone {
    var json: JSONValue {
        [
            "phone": .string(phone.rawValue),
            "start_ms": .number(spanInMilliseconds.lowerBound), "end_ms": .number(spanInMilliseconds.upperBound),
            "accuracy_score": .number(rounding: accuracyScore), "goodness": .number(rounding: goodness),
        ]
    }
}

extension ExtraWord {
    /// The sounds in ARPAbet, such as `HH AH L OW`.
    package var soundsText: String { sounds.map(\.rawValue).joined(separator: " ") }
}
