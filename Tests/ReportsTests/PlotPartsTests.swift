import Acoustics
import Pronunciation
import Testing

@testable import Reports

@Suite("Parts of a plot")
struct PlotPartsTests {
    @Test("lines follow one another, are about equally long and do not cut words", arguments: [1, 5, 12, 40])
    func lines(_ seconds: Int) {
        let reading = Readings.sentence((0..<seconds * 3).map { "w\($0)" }, durationInMilliseconds: seconds * 1000)
        let ranges = PlotLines.ranges(reading.assessment, durationInSeconds: Double(seconds))
        #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == Double(seconds))
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
        #expect(ranges.count == (seconds + 5) / 6)
        #expect(ranges.allSatisfy { $0.upperBound - $0.lowerBound < 7 })
        for cut in ranges.dropFirst().map(\.lowerBound) {
            #expect(reading.assessment.words.allSatisfy { !$0.spanInMilliseconds.contains(Int(cut * 1000)) })
        }
    }

    @Test("without words, time alone decides")
    func linesWithoutWords() {
        let nothing = Readings.reading("", words: [], durationInMilliseconds: 12_000).assessment
        #expect(PlotLines.ranges(nothing, durationInSeconds: 12) == [0..<6, 6..<12])
        #expect(PlotLines.ranges(nothing, durationInSeconds: 0.01) == [0..<0.01])
    }

    @Test("missed words stand together, and beside each other where there is no room")
    func lanes() {
        let words = [
            Readings.missed("one", at: 100), Readings.missed("two", at: 100), Readings.word("x", 100..<110),
            Readings.missed("three", at: 110), Readings.word("y", 900..<950), Readings.missed("four", at: 1000),
        ]
        let assessment = Readings.reading("", words: words, durationInMilliseconds: 1000).assessment
        let time = TimeScale(range: 0..<1, x: 0, pixelsPerSecond: 1000)
        let lanes = MissedWordLanes(assessment, time: time, isLast: true)
        #expect(lanes.laneCount == 2)
        #expect(MissedWordLanes(assessment, time: time, isLast: false).laneCount == 2)
        let texts = lanes.elements(y: 0, bottom: 10).map(\.svg).filter { $0.contains("<text") }
        #expect(texts.count == 3 && texts[0].contains(">one two<") && texts[2].contains(">four<"))
    }

    @Test("better scores are never less blue, and both ends are told apart by the colour-blind")
    func colours() {
        let scores = stride(from: 0.0, through: 100, by: 1).map(ScoreColour.fill)
        #expect(zip(scores, scores.dropFirst()).allSatisfy { Int($1.blue) - Int($1.red) >= Int($0.blue) - Int($0.red) })
        #expect(ScoreColour.fill(-5) == ScoreColour.fill(0) && ScoreColour.fill(200) == ScoreColour.fill(100))
        for (low, high) in [(30.0, 70.0), (50, 85), (60, 90), (70, 100)] {
            #expect(Vision.distance(ScoreColour.fill(low), ScoreColour.fill(high)) > 25, "\(low) and \(high)")
        }
    }

    @Test("dark text can be read on every score's colour (WCAG AA)")
    func contrast() {
        for score in stride(from: 0.0, through: 100, by: 1) {
            #expect(Vision.contrast(PlotColours.ink, ScoreColour.fill(score)) >= 4.5)
            #expect(Vision.contrast(ScoreColour.ink(score), PlotColours.white) >= 4.5)
        }
    }

    @Test("the pitch scale holds all pitches, with round figures")
    func pitchScale() throws {
        #expect(PitchScale(PitchTrack(pitchesInHz: [nil, nil], hopInSeconds: 0.01)) == nil)
        let scale = try #require(PitchScale(PitchTrack(pitchesInHz: [98, nil, 213], hopInSeconds: 0.01)))
        #expect(scale.rangeInHz == 50...250 && scale.ticksInHz == [100, 150, 200])
        let frame = PlotFrame(x: 0, y: 10, width: 1, height: 100)
        #expect(scale.y(50, in: frame) == 110 && scale.y(250, in: frame) == 10)
        #expect(PitchScale(PitchTrack(pitchesInHz: [60], hopInSeconds: 1))?.rangeInHz == 0...150)
    }

    @Test("a loud tone is dark at its own height and time, and nowhere else")
    func spectrogram() throws {
        let tone = Readings.sound(milliseconds: 500)
        let silence = [Float](repeating: 0, count: 8_000)
        let measures = try PlotMeasures(Waveform(samples: silence + tone.samples, sampleRateInHz: 16_000))
        let time = TimeScale(range: 0..<1, x: 0, pixelsPerSecond: 100)
        let picture = SpectrogramPicture(
            spectrogram: measures.spectrogram, loudestInDB: measures.loudestInDB, time: time,
            frame: PlotFrame(x: 0, y: 0, width: 100, height: 100))
        let image = try #require(picture.image)
        #expect(image.width <= SpectrogramPicture.mostColumns && image.height <= SpectrogramPicture.mostRows)
        let rows = (0..<image.height).map { Array(image.pixels[$0 * image.width..<($0 + 1) * image.width]) }
        #expect(rows.allSatisfy { $0[image.width / 4] == 0 })
        let column = rows.map { $0[image.width * 3 / 4] }
        let darkest = try #require(column.indices.max { column[$0] < column[$1] })
        #expect(darkest >= image.height - 6 && column[darkest] > 200 && column[image.height / 2] < 120)
    }
}
