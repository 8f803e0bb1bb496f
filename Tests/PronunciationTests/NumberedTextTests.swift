import Testing

@testable import Pronunciation

@Suite struct NumberedTextTests {
    /// Five words; the joins take up words 1–3 and words 3–4.
    private let text = NumberedText(
        readings: [[[0]], [[1, 2], [3]], [[4]], [[5]], [[6]]],
        joins: [[], [.init(token: 7, wordCount: 3)], [], [.init(token: 8, wordCount: 2)], []])

    @Test("reversed, every join takes up the same words")
    func reversed() {
        let backward = text.reversed()
        #expect(backward.readings == [[[6]], [[5]], [[4]], [[2, 1], [3]], [[0]]])
        #expect(backward.joins == [[.init(token: 8, wordCount: 2)], [.init(token: 7, wordCount: 3)], [], [], []])
        #expect(backward.reversed().joins == text.joins)
    }

    @Test("a part keeps the joins inside it and knows its place")
    func part() {
        let part = text[1..<4]
        #expect(part.joins == [[.init(token: 7, wordCount: 3)], [], []])
        #expect(part.firstWord == 1 && part[1..<3].firstWord == 2)
        #expect(text[2..<4].joins == [[], []])
        #expect(ReadingLattice(part).boundaries.count == 4)
        #expect(ReadingLattice(part).incoming(ReadingLattice(part).nodeCount - 1).map(\.words) == [3..<4, 1..<4])
    }
}
