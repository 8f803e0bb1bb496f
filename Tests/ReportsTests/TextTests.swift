import Reports
import Testing

@Suite("Text")
struct TextTests {
    @Test(
        "numbers are rounded and have no trailing zeros",
        arguments: [
            (0.0, 2, "0"), (1.5, 2, "1.5"), (1.005, 1, "1"), (0.05, 2, "0.05"), (-0.001, 2, "0"), (-1.25, 1, "-1.3"),
            (99.999, 2, "100"), (1234.5, 0, "1235"), (0.994, 2, "0.99"), (100, 0, "100"), (1e300, 2, "1e+300"),
        ])
    func plain(_ value: Double, _ decimals: Int, _ expected: String) {
        #expect(value.plain(decimals: decimals) == expected)
    }

    @Test("lines break at spaces, long words where they must, and nothing is lost")
    func wrapping() {
        #expect("one two three".wrapped(to: 8) == ["one two", "three"])
        #expect("가나다 라마".wrapped(to: 6) == ["가나다", "라마"])
        #expect("가나다라".wrapped(to: 5) == ["가나", "다라"])
        #expect("".wrapped(to: 5).isEmpty)
        #expect("abcdef g".wrapped(to: 3) == ["abc", "def", "g"])
    }

    @Test("a bar has twenty blocks, whatever the score")
    func bars() {
        for score in [-5.0, 0, 2.4, 50, 99.9, 100, 120] {
            #expect(TextStyle.plain.bar(score).count { "█░".contains($0) } == 20)
        }
        #expect(TextStyle.plain.bar(50) == "██████████░░░░░░░░░░ 50" && TextStyle.plain.bar(nil) == "–")
    }
}
