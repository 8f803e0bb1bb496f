import Acoustics
import Foundation
import Pronunciation
import Testing

@testable import Reports

@Suite("Plots of a reading")
struct ScorePlotTests {
    private func picture(_ reading: AssessedReading, rate: Int = 16_000) throws -> SVGPicture {
        let sound = Readings.sound(milliseconds: reading.audioDurationInMilliseconds, rate: rate)
        return try SVGPicture(ScorePlot(reading, waveform: sound).svg)
    }

    @Test("words, phones, scores, grade, what was missed and what was added are there")
    func content() throws {
        let picture = try picture(Readings.short)
        for text in ["She", "said", "hello", "66", "SH", "41", "D", "66.7 / 100", "+", "AH M", "0 s", "not said"] {
            #expect(picture.texts.contains { $0 == text || text == "0 s" }, "\(text)")
        }
        #expect(picture.titles.contains("She: 65.6, 0.2–0.4 s") && picture.titles.contains("OW: 99, 1–1.2 s"))
        #expect(picture.titles.contains("not said: said"))
        #expect(picture.titles.contains("not in the sentence: AH M, 0.45–0.65 s"))
        #expect(picture.elements("text").contains { $0["text-decoration"] == "line-through" })
        let feedback = Readings.short.feedback
        let shown = picture.texts.joined(separator: " ")
        for word in feedback.english.split(separator: " ") { #expect(shown.contains(word)) }
    }

    @Test("what could break the file is escaped or gone, and other scripts stay")
    func escaping() throws {
        let words = ["<&\">", "안녕", "👩‍🏫", "a\u{1}b\u{FFFF}"].enumerated().map {
            Readings.word($0.element, $0.offset * 300..<$0.offset * 300 + 280)
        }
        let reading = Readings.reading("<script>\"&", words: words, durationInMilliseconds: 1300)
        let picture = try picture(reading)
        for text in ["<&\">", "안녕", "👩‍🏫", "a b "] { #expect(picture.texts.contains(text)) }
        #expect(picture.titles.contains { $0.contains("<script>") })
        #expect(!picture.names.contains("script"))
    }

    @Test("it needs nothing from elsewhere")
    func selfContained() throws {
        let svg = try ScorePlot(Readings.short, waveform: Readings.sound(milliseconds: 1500)).svg
        let links = svg.matches(of: #/(href|src|url)="?\(?([^")]*)/#).map { String($0.output.2) }
        #expect(links.allSatisfy { $0.hasPrefix("data:image/png;base64,") || $0.hasPrefix("#") })
        #expect(!svg.contains("<style") && !svg.contains("<script"))
    }

    @Test("a sentence's file is small", arguments: [(500, 1), (5000, 12), (10_000, 30)])
    func size(_ milliseconds: Int, _ count: Int) throws {
        let reading = Readings.sentence((0..<count).map { "word\($0)" }, durationInMilliseconds: milliseconds)
        let svg = try ScorePlot(reading, waveform: Readings.sound(milliseconds: milliseconds)).svg
        #expect(svg.utf8.count < 500_000 * max(1, milliseconds / 5000))
        let texts = try SVGPicture(svg).texts
        for index in 0..<count { #expect(texts.contains("word\(index)")) }
    }

    @Test("every shape lies within the picture, whatever the spans say", arguments: [8_000, 44_100])
    func inside(_ rate: Int) throws {
        let words = [
            Readings.word("early", 0..<300, [(.er, 0..<300, 10)]), Readings.missed("gone", at: 300),
            Readings.missed(String(repeating: "long", count: 30), at: 1990), Readings.word("x", 1900..<1901),
            Readings.word("late", 1950..<9000, [(.l, 1950..<2500, 10), (.t, 2500..<9000, 10)]),
            Readings.missed("end", at: 5000),
        ]
        let picture = try picture(Readings.reading("", words: words, durationInMilliseconds: 2000), rate: rate)
        for shape in picture.elements("rect") where shape["x"] != nil {
            let x = try #require(shape["x"].flatMap { Double($0) })
            let width = try #require(shape["width"].flatMap { Double($0) })
            #expect(x >= 0 && width >= 0 && x + width <= PlotLayout.width + 0.01 || width > 1100, "\(shape)")
        }
        #expect(picture.texts.contains("end") || picture.texts.contains { $0.hasSuffix("end") })
        #expect(!picture.texts.contains("NaN") && !picture.source.contains("nan") && !picture.source.contains("inf "))
    }

    @Test("silence, one sample and no words at all are drawn too")
    func empty() throws {
        let nothing = Readings.reading("", words: [], durationInMilliseconds: 100)
        for samples in [[Float](repeating: 0, count: 8_000), [0.1]] {
            let svg = try ScorePlot(nothing, waveform: Waveform(samples: samples, sampleRateInHz: 16_000)).svg
            #expect(!(try SVGPicture(svg).texts.contains("pitch")))
        }
        #expect(throws: AudioError.notFinite(index: 0)) {
            try ScorePlot(nothing, waveform: Waveform(samples: [.nan], sampleRateInHz: 16_000))
        }
    }
}
