package import JSON

/// Speaks one practice sentence and stores its audio and speech marks.
package struct SentenceSynthesize: JobPayload {
    package static let kind = JobKind.sentenceSynthesize
    package static let summary = "Speaks one practice sentence and stores its audio and speech marks."

    package static let fields: [PayloadField] = [
        .required("sessionId", .name(maximumLength: 128), "The practice session; partition key in SentenceAudio."),
        .required(
            "sentenceIndex", .integer(0...1_000_000_000),
            "The sentence's place in the session, from 0; sort key in SentenceAudio."),
        .required("english", .text, "The sentence in English."),
        .optional("korean", .text, "The sentence in Korean."),
        .optional("voiceId", .name(maximumLength: 64), "A Polly voice; the language's default voice when left out."),
        .optional("language", .choice(["en", "ko"]), "Which of the two sentences is spoken; en when left out."),
        .optional("rate", .number(0.2...2), "Speed, 1 being the voice's own."),
        .optional("format", .choice(["mp3", "ogg_opus", "flac", "wav"]), "Audio format; mp3 when left out."),
        .optional(
            "text_type", .choice(["text", "ssml"]), "text, or ssml when the sentence is marked up; text when left out."),
    ]

    package var sessionID: String
    package var sentenceIndex: Int
    package var english: String
    package var korean: String?
    package var voiceID: String?
    package var language: String?
    package var rate: Double?
    package var format: String?
    package var textType: String?

    package init(_ values: PayloadValues) {
        sessionID = values.string("sessionId")
        sentenceIndex = values.integer("sentenceIndex")
        english = values.string("english")
        korean = values.optionalString("korean")
        voiceID = values.optionalString("voiceId")
        language = values.optionalString("language")
        rate = values.optionalNumber("rate")
        format = values.optionalString("format")
        textType = values.optionalString("text_type")
    }

    package var values: [String: JSONValue?] {
        [
            "sessionId": .string(sessionID),
            "sentenceIndex": .number(sentenceIndex),
            "english": .string(english),
            "korean": korean.map { .string($0) },
            "voiceId": voiceID.map { .string($0) },
            "language": language.map { .string($0) },
            "rate": rate.map { .number($0) },
            "format": format.map { .string($0) },
            "text_type": textType.map { .string($0) },
        ]
    }
}
