/// Turns a sentence into words with their pronunciations: from the dictionary, by taking words apart, and from a
/// transcriber for what is left.
package struct Lexicon: Sendable {
    private let dictionary: PronouncingDictionary
    private let transcriber: any WordTranscriber

    package init(dictionary: PronouncingDictionary, transcriber: any WordTranscriber) {
        (self.dictionary, self.transcriber) = (dictionary, transcriber)
    }

    /// The words of `text` in order.
    ///
    /// - Throws: ``PronunciationError/unreadableWord(_:)`` for one that nobody can say in English, and what the
    ///   transcriber throws.
    package func words(in text: String) async throws -> [PronouncedWord] {
        var words: [PronouncedWord] = []
        let pieces = Tokeniser.pieces(of: text)
        for (index, piece) in pieces.enumerated() {
            let before = index > 0 ? pieces[index - 1].folded : ""
            let next = index + 1 < pieces.count ? pieces[index + 1].folded : ""
            words.append(
                PronouncedWord(
                    text: piece.text, pronunciations: try await pronunciations(of: piece, before: before, next: next)))
        }
        return words
    }

    private func pronunciations(
        of piece: Tokeniser.Piece, before: String, next: String
    ) async throws -> [[Phone]] {
        let known = dictionary.pronunciations(of: piece.folded)
        let isAbbreviation = Abbreviations.readings(of: piece.folded) != nil
        if !known.isEmpty, !isAbbreviation { return known }
        if Self.isPossessive(piece.folded) { return try await named(pronunciations(ofToken: piece.folded), piece) }
        let readings =
            Magnitudes.readings(of: piece.folded, before: before, next: next)
            + WordNormaliser.readings(of: piece.folded, isKorean: false)
        var found: [[Phone]] = []
        for reading in readings where !reading.contains(where: { $0.contains(where: \.isNumber) }) {
            found += try await pronunciations(ofReading: reading)
        }
        if found.isEmpty { found = try await pronunciations(ofToken: WordNormaliser.asWritten(piece.folded)) }
        return Array(unique(try named(found, piece)).prefix(PronouncedWord.mostPronunciations))
    }

    private func named(_ found: [[Phone]], _ piece: Tokeniser.Piece) throws(PronunciationError) -> [[Phone]] {
        guard !found.isEmpty else { throw .unreadableWord(piece.text) }
        return found
    }

    /// `learner's`; not `'s` alone, and not `1980's`.
    private static func isPossessive(_ token: String) -> Bool {
        token.hasSuffix("'s") && token.count > 2 && !token.contains(where: \.isNumber)
    }

    /// Words in a row, each in each of its pronunciations, most usual ones first.
    private func pronunciations(ofReading reading: [String]) async throws -> [[Phone]] {
        var found: [[Phone]] = [[]]
        for token in reading {
            let next = try await pronunciations(ofToken: token)
            found = Array(found.flatMap { head in next.map { head + $0 } }.prefix(PronouncedWord.mostPronunciations))
        }
        return found.filter { !$0.isEmpty }
    }

    private func pronunciations(ofToken token: String) async throws -> [[Phone]] {
        let known = dictionary.pronunciations(of: token)
        if !known.isEmpty { return known }
        if Self.isPossessive(token) {
            let stems = try await pronunciations(ofToken: String(token.dropLast(2)))
            return stems.map { $0 + Self.sibilantEnding(after: $0.last) }
        }
        let phones = PhoneticAlphabet.phones(of: try await transcriber.transcribe(token))
        return phones.isEmpty ? [] : [phones]
    }

    /// How a possessive or a plural ends: `cat's`, `dog's`, `boss's`.
    private static func sibilantEnding(after phone: Phone?) -> [Phone] {
        switch phone {
        case .s, .z, .sh, .zh, .ch, .jh: [.ih, .z]
        case .p, .t, .k, .f, .th: [.s]
        default: [.z]
        }
    }

    private func unique(_ phones: [[Phone]]) -> [[Phone]] {
        var seen = Set<[Phone]>()
        return phones.filter { seen.insert($0).inserted }
    }
}
