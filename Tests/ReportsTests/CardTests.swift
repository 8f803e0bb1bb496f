import Pronunciation
import Reports
import Testing

@Suite("Cards in a terminal")
struct CardTests {
    @Test("a card without colours")
    func golden() {
        let feedback = Readings.short.feedback
        let expected = """
            She [said] hello
              overall       █████████████░░░░░░░ 66.7  D
              accuracy      ██████████████░░░░░░ 70
              fluency       ████████████████░░░░ 80.1
              prosody       ░░░░░░░░░░░░░░░░░░░░ 0
              completeness  █████████████░░░░░░░ 66.7
              She           66  0.2–0.4 s
                            SH 41  IY 90
              0.75 s spoken in 1.5 s, 50 % speech, 0.93× the model's pace
              missed        said
              extra         AH M (0.45–0.65 s)
            """
        let card = AssessmentCard(Readings.short, style: .plain).text
        #expect(card.hasPrefix(expected))
        let rest = card.dropFirst(expected.count).split(separator: "\n").joined(separator: " ")
        let words = rest.split(separator: " ").joined(separator: " ")
        #expect(words == feedback.korean + " " + feedback.english)
    }

    @Test("colours change nothing but colours, and go by the score")
    func colours() {
        let coloured = AssessmentCard(Readings.short, style: .coloured).text
        #expect(coloured.replacing(#/\u{1B}\[\d+m/#, with: "") == AssessmentCard(Readings.short, style: .plain).text)
        #expect(coloured.contains("\u{1B}[33mShe\u{1B}[0m \u{1B}[31m[said]\u{1B}[0m \u{1B}[32mhello\u{1B}[0m"))
        #expect(coloured.contains("\u{1B}[31mSH 41\u{1B}[0m"))
    }

    @Test("no line is wider than the terminal, wide characters included", arguments: [48, 61, 80, 120])
    func width(_ width: Int) {
        let texts =
            ["안녕하세요", "선생님", "👩‍🏫", "supercalifragilisticexpialidocious", String(repeating: "가나다", count: 40)]
            + (0..<40).map { "word\($0)" }
        let reading = Readings.sentence(texts, durationInMilliseconds: 60_000)
        let lines = AssessmentCard(reading, style: .plain, width: width).text.split(separator: "\n")
        #expect(lines.allSatisfy { String($0).displayWidth <= width })
        #expect(lines.contains { String($0).displayWidth > width - 12 })
        let kept = lines.joined().filter { !$0.isWhitespace }
        #expect(kept.contains(String(repeating: "가나다", count: 40)))
    }

    @Test("a word that could steer the terminal is made harmless")
    func control() {
        let reading = Readings.reading(
            "", words: [Readings.word("\u{1B}[2Jx\u{7}", 0..<100)], durationInMilliseconds: 100)
        #expect(!AssessmentCard(reading, style: .plain).text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test("a perfect reading shows no sounds, a silent one no words")
    func extremes() {
        let perfect = Readings.reading(
            "Hi", words: [Readings.word("Hi", 0..<200, [(.hh, 0..<100, 99), (.ay, 100..<200, 98)])],
            durationInMilliseconds: 300)
        let card = AssessmentCard(perfect, style: .plain).text
        #expect(!card.contains("HH") && !card.contains("missed") && !card.contains("extra"))
        let silent = Readings.reading("Hi", words: [Readings.missed("Hi", at: 0)], durationInMilliseconds: 300)
        #expect(AssessmentCard(silent, style: .plain).text.contains("[Hi]"))
    }
}
