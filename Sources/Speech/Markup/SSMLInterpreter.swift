/// Turns Polly's SSML into a script, tag by tag, in the dialect that espeak-ng understands.
///
/// Tags as in docs.aws.amazon.com/polly/latest/dg/supportedtags.html. What differs from Polly:
/// - `<phoneme>`, `<w>` and `<lang>` are read as they are spelled, by the voice of the request;
/// - `amazon:` tags and attributes have no counterpart and are ignored: their text is spoken plainly;
/// - of `<say-as>`, `characters`, `spell-out`, `digits`, `telephone` and `ordinal` change what is said; the other kinds
///   Polly knows are read as espeak-ng reads such text anyway; `expletive` is refused;
/// - everything else, `<audio>` above all, is refused: no request can make espeak-ng open a file.
struct SSMLInterpreter {
    private(set) var builder: ScriptBuilder
    private let language: SpokenLanguage
    private var readings: [Reading] = []

    /// How the text inside the innermost tag is read.
    private enum Reading: Hashable {
        case plain
        case alias(String)
        case characters
        case digits
        case ordinal
    }

    init(builder: ScriptBuilder, language: SpokenLanguage) {
        self.builder = builder
        self.language = language
    }

    mutating func interpret(_ events: [MarkupEvent]) throws(SpeechError) {
        for event in events {
            switch event {
            case .text(let text): try say(text)
            case .open(let tag): try open(tag)
            case .close(let tag): close(tag)
            }
        }
    }

    private mutating func say(_ text: [ScriptScalar]) throws(SpeechError) {
        switch readings.last ?? .plain {
        case .plain: try builder.append(text)
        case .alias(let alias): try builder.append(text, readAs: alias)
        case .characters: try builder.append(text, spelledWith: "say-as interpret-as=\"characters\"")
        case .digits: try builder.append(text, readAs: Self.digits(in: text))
        case .ordinal: try builder.append(text, readAs: Self.ordinal(of: text, in: language))
        }
    }

    private mutating func open(_ tag: MarkupTag) throws(SpeechError) {
        let isRoot = readings.isEmpty
        guard isRoot == (tag.name == "speak") else {
            let reason =
                isRoot ? "the root element is <\(tag.name)>, not <speak>" : "<speak> stands inside another element"
            throw .malformedSSML(reason: reason, byteOffset: tag.bytes.lowerBound)
        }
        readings.append(try reading(of: tag))
        switch tag.name {
        case "p", "s":
            builder.endSentence()
            builder.writeMarkup("<\(tag.name)>")
        case "break": builder.writeMarkup(" <break time=\"\(try SSMLValues.pauseInMilliseconds(of: tag))ms\"/> ")
        case "prosody": builder.writeMarkup(try SSMLValues.prosody(of: tag))
        case "emphasis": builder.writeMarkup("<emphasis level=\"\(try SSMLValues.emphasis(of: tag))\">")
        case "mark": builder.addMark(named: try SSMLValues.required("name", of: tag), bytes: tag.bytes)
        case "speak", "sub", "say-as", "phoneme", "lang", "w": break
        case _ where tag.name.hasPrefix("amazon:"): break
        default: throw .unsupportedSSML("<\(tag.name)>", byteOffset: tag.bytes.lowerBound)
        }
    }

    private mutating func close(_ tag: MarkupTag) {
        readings.removeLast()
        switch tag.name {
        case "p", "s":
            builder.endSentence()
            builder.writeMarkup("</\(tag.name)>")
        case "prosody", "emphasis": builder.writeMarkup("</\(tag.name)>")
        default: break
        }
    }

    /// A reading given by an outer tag holds inside the tags within it.
    private func reading(of tag: MarkupTag) throws(SpeechError) -> Reading {
        switch tag.name {
        case "sub": return .alias(try SSMLValues.required("alias", of: tag))
        case "say-as": return try sayAs(tag)
        default: return readings.last ?? .plain
        }
    }

    private func sayAs(_ tag: MarkupTag) throws(SpeechError) -> Reading {
        let kind = try SSMLValues.required("interpret-as", of: tag)
        switch kind {
        case "characters", "spell-out": return .characters
        case "digits", "telephone": return .digits
        case "ordinal": return .ordinal
        case "cardinal", "number", "fraction", "unit", "date", "time", "address", "currency": return .plain
        default: throw .unsupportedSSML("<say-as interpret-as=\"\(kind)\">", byteOffset: tag.bytes.lowerBound)
        }
    }

    /// `010-1234` as `0 1 0, 1 2 3 4`: digit by digit, with a pause where another character stands.
    private static func digits(in text: [ScriptScalar]) -> String {
        let groups = text.split { $0.scalar.properties.numericType == nil }
        return groups.map { $0.map { String($0.scalar) }.joined(separator: " ") }.joined(separator: ", ")
    }

    /// `3` as `3rd`; Korean has no such suffix and reads the number.
    private static func ordinal(of text: [ScriptScalar], in language: SpokenLanguage) -> String {
        let number = String(String.UnicodeScalarView(text.map(\.scalar).filter { !$0.isSpace }))
        guard language == .en, let last = number.last, number.allSatisfy(\.isNumber) else { return number }
        let isTeen = number.dropLast().last == "1"
        let suffix = isTeen ? "th" : ["1": "st", "2": "nd", "3": "rd"][last] ?? "th"
        return number + suffix
    }
}
