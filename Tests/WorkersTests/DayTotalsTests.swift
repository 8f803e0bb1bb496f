import Documents
import TestSupport
import Testing
import Workers

@Suite struct DayTotalsTests {
    @Test("what is added and subtracted again leaves nothing, to the last digit")
    func exact() throws {
        var random = SeededGenerator(seed: 7)
        var parts: [DayTotals] = []
        var sum = DayTotals()
        for _ in 0..<500 {
            let density = try DocumentNumber(rounding: Double.random(in: 0...1, using: &random), decimals: 6)
            let part = DayTotals([.practiceCount: 1, .sumOfNetSpeakingDensity: density])
            parts.append(part)
            sum = try sum.adding(part)
        }
        #expect(sum[.practiceCount] == 500)
        for part in parts.shuffled(using: &random) { sum = try sum.subtracting(part) }
        #expect(sum == DayTotals())
        #expect(sum.isZero)
    }

    @Test("a row is read back as it was written")
    func attributes() {
        let totals = DayTotals([.practiceCount: 2, .sumOfPaceRatio: 3, .totalSpeakingTime: 4200])
        #expect(DayTotals(totals.attributes) == totals)
        #expect(totals.attributes["pace_ration_count"] == 0)
    }
}
