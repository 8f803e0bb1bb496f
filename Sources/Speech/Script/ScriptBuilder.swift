internal import Foundation

/// Writes a ``SpeechScript``: cuts text into words and sentences while it copies it for espeak-ng.
///
/// A word is what stands between spaces, without the punctuation around it, and holds a letter or a digit.
struct ScriptBuilder {
    private let source: String
    private var script = SpeechScript()
    private var rendered = String.UnicodeScalarView()
    private var renderedCount = 0
    private var spokenCount = 0
    private let language: SpokenLanguage
    private var letters: LetterCheck
    private var sentences = SentenceSplitter()

    init(request: SpeechRequest) {
        source = request.text
        language = request.voice.spokenLanguage
        letters = LetterCheck(voice: request.voice)
        script.isMarkup = request.textType == .ssml
    }

    /// Adds text as it is written.
    mutating func append(_ text: [ScriptScalar]) throws(SpeechError) {
        spokenCount += text.count
        var rest = text[...]
        while !rest.isEmpty {
            let token = rest.prefix { !$0.scalar.isSpace }
            try appendToken(token)
            rest = rest[token.endIndex...]
            let space = rest.prefix { $0.scalar.isSpace }
            appendSpace(space)
            rest = rest[space.endIndex...]
        }
    }

    /// Adds text that is read as something else: `<sub alias>`, digits one by one.
    ///
    /// Its first word says all of `reading`; the others get the time at which that is over.
    mutating func append(_ text: [ScriptScalar], readAs reading: String) throws(SpeechError) {
        spokenCount += text.count
        let reading = readable(reading.unicodeScalars)
        try letters.check(reading.unicodeScalars)
        let start = renderedCount
        write(" " + reading + " ")
        var said: String? = reading
        for token in text.split(whereSeparator: { $0.scalar.isSpace }) {
            guard let bytes = Self.wordBytes(of: token) else { continue }
            let place = said == nil ? renderedCount..<renderedCount : start..<renderedCount
            add(token, bytes: bytes, rendered: place, spoken: said ?? "", isMarked: true)
            said = nil
        }
        if let said { addFiller(said, at: text, rendered: start..<renderedCount) }
    }

    /// Adds text inside a tag that spells it: each letter and digit by its name.
    mutating func append(_ text: [ScriptScalar], spelledWith tag: String) throws(SpeechError) {
        writeMarkup("<\(tag)>")
        let first = script.words.count
        try append(text)
        for index in first..<script.words.count {
            script.words[index].spoken = script.words[index].spoken.map(String.init).joined(separator: " ")
        }
        writeMarkup("</\(tag.prefix { $0 != " " })>")
    }

    /// Adds a tag of espeak-ng's own dialect.
    mutating func writeMarkup(_ tag: String) {
        rendered.append(contentsOf: tag.unicodeScalars)
        renderedCount += tag.unicodeScalars.count
    }

    mutating func addMark(named name: String, bytes: Range<Int>) {
        script.namedMarks.append(.init(name: name, bytes: bytes, nextWord: script.words.count))
    }

    mutating func endSentence() { sentences.end() }

    /// - Throws: ``SpeechError/nothingToSay``, `languageMismatch` or `textTooLong`, now that all is known.
    func finish() throws(SpeechError) -> SpeechScript {
        guard spokenCount <= SpeechLimits.spokenCharacters else {
            throw .textTooLong(characters: spokenCount, limit: SpeechLimits.spokenCharacters)
        }
        guard script.words.contains(where: \.isMarked) else { throw .nothingToSay }
        try letters.finish()
        var result = script
        var splitter = sentences
        splitter.end()
        result.sentences = splitter.sentences
        result.rendered = String(rendered)
        return result
    }
}

extension ScriptBuilder {
    private mutating func appendSpace(_ space: ArraySlice<ScriptScalar>) {
        guard !space.isEmpty else { return }
        let isParagraph = space.count { $0.scalar == "\n" } > 1
        if isParagraph { sentences.end() }
        write(isParagraph ? "\n\n" : " ")
    }

    private mutating func appendToken(_ token: ArraySlice<ScriptScalar>) throws(SpeechError) {
        guard !token.isEmpty else { return }
        try Self.checkLength(token)
        let text = readable(token.lazy.map(\.scalar))
        try letters.check(text.unicodeScalars)
        let start = renderedCount
        write(text)
        if let bytes = Self.wordBytes(of: token) {
            add(token, bytes: bytes, rendered: start..<renderedCount, spoken: text, isMarked: true)
        } else {
            sentences.add(token, word: nil)
            if text.unicodeScalars.contains(where: \.isSpokenSymbol) {
                addFiller(text, at: Array(token), rendered: start..<renderedCount)
            }
        }
    }

    private mutating func add(
        _ token: ArraySlice<ScriptScalar>, bytes: Range<Int>, rendered: Range<Int>, spoken: String, isMarked: Bool
    ) {
        sentences.add(token, word: script.words.count)
        let value = source.text(inBytes: bytes)
        let end = token.last { !$0.scalar.isCloser && !$0.scalar.isSilent }
        script.words.append(
            ScriptWord(
                bytes: bytes, value: value, rendered: rendered, spoken: spoken,
                endsClause: end?.scalar.isClauseBreak ?? false, isMarked: isMarked
            )
        )
    }

    private mutating func addFiller(_ spoken: String, at text: [ScriptScalar], rendered: Range<Int>) {
        let bytes = (text.first?.bytes.lowerBound ?? 0)..<(text.last?.bytes.upperBound ?? 0)
        script.words.append(
            ScriptWord(
                bytes: bytes, value: "", rendered: rendered, spoken: spoken, endsClause: false, isMarked: false
            )
        )
    }

    /// Copies text for espeak-ng, which reads markup characters as markup in SSML.
    private mutating func write(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<" where script.isMarkup: writeMarkup("&lt;")
            case ">" where script.isMarkup: writeMarkup("&gt;")
            case "&" where script.isMarkup: writeMarkup("&amp;")
            default:
                rendered.append(scalar)
                renderedCount += 1
            }
        }
    }

    /// Where the word in a token stands in the request, or `nil` when it holds no letter and no digit.
    private static func wordBytes(of token: ArraySlice<ScriptScalar>) -> Range<Int>? {
        guard token.contains(where: { $0.scalar.isWordCharacter }),
            let first = token.first(where: { $0.scalar.isWordEdge }),
            let last = token.last(where: { $0.scalar.isWordEdge })
        else { return nil }
        return first.bytes.lowerBound..<last.bytes.upperBound
    }

    /// What espeak-ng is given for a text.
    ///
    /// Hangul may come as separate letters (macOS file names do); espeak-ng reads syllables.
    private func readable(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var text = ""
        for scalar in scalars { text += scalar.rendering }
        if text.unicodeScalars.contains(where: { $0.value >= 0x300 && !(0xAC00...0xD7A3).contains($0.value) }) {
            text = text.precomposedStringWithCanonicalMapping
        }
        return language == .ko ? KoreanRendering.safe(text) : text
    }

    private static func checkLength(_ token: ArraySlice<ScriptScalar>) throws(SpeechError) {
        var run = 0
        for scalar in token {
            run = scalar.scalar.isWordCharacter ? run + 1 : 0
            guard run <= SpeechLimits.wordLength else {
                throw .wordTooLong(characters: token.count, limit: SpeechLimits.wordLength)
            }
        }
    }
}
