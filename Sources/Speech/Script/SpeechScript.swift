/// A request, checked and ready for espeak-ng: what it reads, and how that maps back to the request.
struct SpeechScript: Hashable, Sendable {
    /// A sentence, by its words and its place in the request.
    struct Sentence: Hashable, Sendable {
        var firstWord: Int
        var bytes: Range<Int>
    }

    /// A `<mark>` of the request; its time is that of the word that follows, or the end of the audio.
    struct NamedMark: Hashable, Sendable {
        var name: String
        var bytes: Range<Int>
        var nextWord: Int
    }

    /// espeak-ng's input: text, or markup of its own dialect.
    var rendered = ""
    var isMarkup = false
    var words: [ScriptWord] = []
    var sentences: [Sentence] = []
    var namedMarks: [NamedMark] = []
}

extension SpeechScript {
    /// Reads and checks a request.
    ///
    /// - Throws: every ``SpeechError`` but `unavailable` and `speechTooLong`, which only speaking can find.
    init(_ request: SpeechRequest) throws(SpeechError) {
        guard SpeechLimits.rates.contains(request.rate) else { throw .rateOutOfRange(request.rate) }
        let count = request.text.unicodeScalars.count
        let limit = request.textType == .ssml ? SpeechLimits.characters : SpeechLimits.spokenCharacters
        guard count <= limit else { throw .textTooLong(characters: count, limit: limit) }
        let scalars = try ScriptScalar.all(of: request.text)
        var builder = ScriptBuilder(request: request)
        switch request.textType {
        case .text: try builder.append(scalars)
        case .ssml:
            var interpreter = SSMLInterpreter(builder: builder, language: request.voice.spokenLanguage)
            try interpreter.interpret(MarkupReader.events(of: scalars))
            builder = interpreter.builder
        }
        self = try builder.finish()
    }
}
