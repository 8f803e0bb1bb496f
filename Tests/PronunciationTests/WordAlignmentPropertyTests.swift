import TestSupport
import Testing

@testable import Pronunciation

@Suite struct WordAlignmentPropertyTests {
    /// Plain words, no two of which sound alike.
    private static let words = """
        apple bridge candle doctor elephant forest garden hospital island jacket kitchen lemon mountain neighbor orange \
        pencil question river summer table umbrella village window yellow zebra because yesterday 학교에 사람들이 먹었습니다 \
        didn't well-known 1,234 3:30 $5 50% 21st
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    private static func align(_ reference: [String], _ transcript: [String]) -> WordAlignment {
        WordAlignment.align(
            reference: reference.joined(separator: " "), transcript: transcript.joined(separator: " "))
    }

    @Test("words left out are exactly the missed ones", arguments: 0..<100)
    func dropped(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let reference = Array(Self.words.shuffled(using: &generator).prefix(Int.random(in: 1...20, using: &generator)))
        let isDropped = reference.map { _ in Bool.random(using: &generator) }
        let kept = zip(reference, isDropped).filter { !$0.1 }.map(\.0)
        let alignment = Self.align(reference, kept)
        #expect(alignment.missedWords == zip(reference, isDropped).filter(\.1).map(\.0))
        #expect(alignment.extraWords == [])
        #expect(alignment.completenessScore == 100 * Double(kept.count) / Double(reference.count))
        #expect(abs(alignment.wordAccuracy - alignment.completenessScore) < 1e-9)
    }

    @Test("words put in are exactly the extra ones", arguments: 0..<100)
    func inserted(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let words = Array(Self.words.shuffled(using: &generator).prefix(Int.random(in: 2...20, using: &generator)))
        let isExtra = words.indices.map { $0 > 0 && Bool.random(using: &generator) }
        let reference = zip(words, isExtra).filter { !$0.1 }.map(\.0)
        let alignment = Self.align(reference, words)
        #expect(alignment.extraWords == zip(words, isExtra).filter(\.1).map(\.0))
        #expect(alignment.missedWords == [])
        #expect(alignment.completenessScore == 100 && alignment.wordAccuracy == 100)
        #expect((alignment.overallScore < 100) == isExtra.contains(true))
    }

    @Test("a word repeated at once is extra, whatever it is", arguments: words)
    func stutter(word: String) {
        let alignment = Self.align(["we", word, "us"], ["we", word, word, "us"])
        #expect(alignment.extraWords == [word])
        #expect(alignment.wordAccuracy == 100)
    }

    /// Letters, digits, signs, Hangul, emoji and combining marks in any order.
    private static let alphabet = Array(
        "aeinorstxAEISTM0123459'’-–.,:;/!?%$€£₩#&+=@°½１ﬁé가각힣ㅋ日👍🏽\u{301}\u{200D}\u{FE0F} \n\t     ")

    private static func noise(_ generator: inout SeededGenerator) -> String {
        String(
            (0..<Int.random(in: 0...60, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? " "
            })
    }

    @Test("any text is 100 against itself and within bounds against any other", arguments: 0..<300)
    func bounds(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let (one, other) = (Self.noise(&generator), Self.noise(&generator))
        let same = WordAlignment.align(reference: one, transcript: one)
        #expect(same.words.allSatisfy { $0.kind == .matched }, "\(one)")
        #expect(same.overallScore == (same.words.isEmpty ? 0 : 100), "\(one)")
        let alignment = WordAlignment.align(reference: one, transcript: other)
        for score in [alignment.wordAccuracy, alignment.completenessScore, alignment.overallScore] {
            #expect((0...100).contains(score), "\(one) / \(other)")
        }
        #expect(alignment.referenceWordCount == same.referenceWordCount)
        #expect(alignment.wordAccuracy <= alignment.completenessScore + 1e-9)
        #expect(WordAlignment.align(reference: one, transcript: other) == alignment, "the same texts align alike")
    }

    // MARK: - Cutting large texts

    private static func cost(_ steps: [LatticeAligner.Step], _ vocabulary: Vocabulary) -> Int {
        var vocabulary = vocabulary
        return steps.reduce(0) { sum, step in
            guard case .pair(let reference, let spoken) = step else { return sum + Int(Vocabulary.skipCost) }
            return sum + Int(vocabulary.costs(of: reference.token)[spoken.token])
        }
    }

    @Test("cutting plain texts in two finds an alignment as cheap as the whole table", arguments: 0..<50)
    func cut(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let plain = ["apple", "maple", "bridge", "ridge", "candle", "handle", "no", "know", "학교에", "학교"]
        let texts = (0..<2).map { _ in
            (0..<Int.random(in: 0...30, using: &generator)).map { _ in plain.randomElement(using: &generator) ?? "" }
        }
        let words = texts.map { WordNormaliser.words(in: $0.joined(separator: " ")) }
        let numbered = AlignmentTexts(reference: words[0], transcript: words[1])
        var whole = LatticeAligner(vocabulary: numbered.vocabulary)
        var inParts = LatticeAligner(vocabulary: numbered.vocabulary, mostCells: 20)
        let wholeCost = Self.cost(whole.align(numbered.reference, numbered.transcript), whole.vocabulary)
        let partsCost = Self.cost(inParts.align(numbered.reference, numbered.transcript), inParts.vocabulary)
        #expect(wholeCost == partsCost)
    }

    @Test("an alignment takes up every word of both texts once and in order", arguments: 0..<100, [20, 1 << 24])
    func everyWord(seed: UInt64, mostCells: Int) {
        var generator = SeededGenerator(seed: seed)
        let words = (0..<2).map { _ in WordNormaliser.words(in: Self.noise(&generator)) }
        let numbered = AlignmentTexts(reference: words[0], transcript: words[1])
        var aligner = LatticeAligner(vocabulary: numbered.vocabulary, mostCells: mostCells)
        let steps = aligner.align(numbered.reference, numbered.transcript)
        for (edges, text) in [(steps.compactMap(\.reference), words[0]), (steps.compactMap(\.transcript), words[1])] {
            var covered = 0
            for edge in edges {
                #expect(edge.words.lowerBound <= covered && edge.words.upperBound >= covered)
                covered = edge.words.upperBound
            }
            #expect(covered == text.count)
        }
    }
}
