/// Why a text was not spoken, by who can act.
///
/// Only ``unavailable(reason:)`` may pass by itself.
package enum SpeechError: Error, Hashable {
    /// No letter and no digit: empty, punctuation, emoji.
    case nothingToSay
    case textTooLong(characters: Int, limit: Int)
    /// A run of letters and digits without a space that is no word of any language.
    case wordTooLong(characters: Int, limit: Int)
    case speechTooLong(limitInMilliseconds: Int)
    case rateOutOfRange(Double)
    case unknownVoice(String, known: [String])
    /// `sample` is the first letter that the voice cannot read, or `nil` when its own script is missing altogether.
    case languageMismatch(voice: String, language: String, sample: String?)
    /// A control character, or one that stands for bytes that were lost.
    case unreadableCharacter(codePoint: UInt32, byteOffset: Int)
    case malformedSSML(reason: String, byteOffset: Int)
    case unsupportedSSML(String, byteOffset: Int)
    /// The engine or its data are not installed, or it failed; the operator can mend that.
    case unavailable(reason: String)

    /// A fixed word a case, safe as a metric's label.
    package var label: String {
        switch self {
        case .nothingToSay: "nothing_to_say"
        case .textTooLong: "text_too_long"
        case .wordTooLong: "word_too_long"
        case .speechTooLong: "speech_too_long"
        case .rateOutOfRange: "rate_out_of_range"
        case .unknownVoice: "unknown_voice"
        case .languageMismatch: "language_mismatch"
        case .unreadableCharacter: "unreadable_character"
        case .malformedSSML: "malformed_ssml"
        case .unsupportedSSML: "unsupported_ssml"
        case .unavailable: "unavailable"
        }
    }

    /// Whether the same request may succeed later.
    package var isTransient: Bool {
        if case .unavailable = self { true } else { false }
    }
}

extension SpeechError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .nothingToSay: "The text has no word to say."
        case .textTooLong(let characters, let limit): "The text has \(characters) characters; the limit is \(limit)."
        case .wordTooLong(let characters, let limit):
            "A word of the text has \(characters) characters; the limit is \(limit)."
        case .speechTooLong(let limit): "The speech would last longer than \(limit / 1_000) seconds."
        case .rateOutOfRange(let rate): "The rate is \(rate); allowed is 0.2 to 2."
        case .unknownVoice(let id, let known):
            "There is no voice \(Self.quoted(id)); known voices are \(known.joined(separator: ", "))."
        case .languageMismatch(let voice, let language, let sample?):
            "Voice \(voice) speaks \(language) and cannot read \(Self.quoted(sample))."
        case .languageMismatch(let voice, let language, nil):
            "Voice \(voice) speaks \(language), and the text has no word of that language."
        case .unreadableCharacter(let codePoint, let offset):
            "The text has the unreadable character U+\(Self.hexadecimal(codePoint)) at byte \(offset)."
        case .malformedSSML(let reason, let offset): "The SSML is not well formed at byte \(offset): \(reason)."
        case .unsupportedSSML(let what, let offset):
            "The SSML at byte \(offset) asks for \(what), which is not supported."
        case .unavailable(let reason): "The speech engine cannot be used: \(reason)."
        }
    }

    /// Whatever a job brought, cut to a length fit for a sentence and without control characters.
    private static func quoted(_ text: String) -> String {
        let shown = text.unicodeScalars.prefix(40).map { $0.properties.generalCategory == .control ? "?" : String($0) }
        return "“\(shown.joined())”"
    }

    private static func hexadecimal(_ codePoint: UInt32) -> String {
        let digits = String(codePoint, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
