import Pronunciation
import Testing

@testable import Reports

@Suite("TextGrids")
struct TextGridTests {
    private func intervals(_ reading: AssessedReading, tier: Int, duration: Int = 1500) throws -> [String] {
        let text = PraatTextGrid(reading.assessment, durationInMilliseconds: duration).text
        let tiers = text.split(separator: "    item [").dropFirst().map { $0.split(separator: "intervals [") }
        return tiers[tier].dropFirst().map { part in
            part.split(separator: "\n").compactMap { line in
                line.split(separator: " = ", maxSplits: 1).dropFirst().first.map {
                    $0.hasSuffix(" ") ? String($0.dropLast()) : String($0)
                }
            }.joined(separator: " ")
        }
    }

    @Test("words and phones lie where they were said, with silence between, and missed words are not there")
    func tiers() throws {
        #expect(
            try intervals(Readings.short, tier: 0) == [
                "0 0.2 \"\"", "0.2 0.4 \"She\"", "0.4 0.7 \"\"", "0.7 1.2 \"hello\"", "1.2 1.5 \"\"",
            ])
        #expect(
            try intervals(Readings.short, tier: 1) == [
                "0 0.2 \"\"", "0.2 0.3 \"SH\"", "0.3 0.4 \"IY\"", "0.4 0.7 \"\"", "0.7 0.8 \"HH\"", "0.8 0.9 \"AH\"",
                "0.9 1 \"L\"", "1 1.2 \"OW\"", "1.2 1.5 \"\"",
            ])
    }

    @Test("the file begins as Praat's long format does")
    func head() {
        let text = PraatTextGrid(Readings.short.assessment, durationInMilliseconds: 1500).text
        let expected = """
            File type = "ooTextFile"
            Object class = "TextGrid"

            xmin = 0\u{20}
            xmax = 1.5\u{20}
            tiers? <exists>\u{20}
            size = 2\u{20}
            item []:\u{20}
                item [1]:
                    class = "IntervalTier"\u{20}
                    name = "words"\u{20}
                    xmin = 0\u{20}
                    xmax = 1.5\u{20}
                    intervals: size = 5\u{20}
                    intervals [1]:
                        xmin = 0\u{20}
                        xmax = 0.2\u{20}
                        text = ""\u{20}

            """
        #expect(text.hasPrefix(expected))
    }

    @Test("quotes are doubled, Hangul and emoji kept, line breaks made spaces")
    func labels() throws {
        let words = [
            Readings.word("say \"hi\"", 0..<100), Readings.word("안녕 👋", 100..<200), Readings.word("a\nb", 200..<300),
        ]
        let reading = Readings.reading("", words: words, durationInMilliseconds: 300)
        #expect(
            try intervals(reading, tier: 0, duration: 300) == [
                "0 0.1 \"say \"\"hi\"\"\"", "0.1 0.2 \"안녕 👋\"", "0.2 0.3 \"a b\"",
            ])
    }

    @Test("intervals neither overlap, nor pass the end, nor are empty, whatever the spans")
    func awkward() {
        let spans = [0..<0, 0..<120, 100..<150, 110..<140, 150..<150, 150..<400, 350..<900, 950..<1000]
        let labels = spans.map { IntervalTier.Interval(spanInMilliseconds: $0, label: "\($0)") }
        let tier = IntervalTier(name: "words", labels: labels, durationInMilliseconds: 500)
        #expect(
            tier.intervals.map(\.spanInMilliseconds) == [0..<120, 120..<150, 150..<400, 400..<500])
        let nothing = IntervalTier(name: "words", labels: [], durationInMilliseconds: 7)
        #expect(nothing.intervals.map(\.spanInMilliseconds) == [0..<7])
    }

    @Test("any spans in order give a tier without gaps", arguments: 0..<50)
    func contiguous(_ seed: Int) {
        var state = UInt64(seed)
        func random(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        let starts = (0..<20).map { _ in random(1200) }.sorted()
        let labels = starts.map { IntervalTier.Interval(spanInMilliseconds: $0..<$0 + random(120), label: "x") }
        let spans = IntervalTier(name: "t", labels: labels, durationInMilliseconds: 1000).intervals
            .map(\.spanInMilliseconds)
        #expect(spans.first?.lowerBound == 0 && spans.last?.upperBound == 1000)
        #expect(spans.allSatisfy { !$0.isEmpty })
        #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    }
}
