import Objects
import Testing

@Suite struct ByteRangeTests {
    @Test(
        "a range is cut at the object's end",
        arguments: [
            (nil, 0, 0..<0), (nil, 10, 0..<10), (0..<10, 10, 0..<10), (0..<1, 10, 0..<1), (3..<5, 10, 3..<5),
            (9..<10, 10, 9..<10), (9..<99, 10, 9..<10), (0..<Int.max, 10, 0..<10), (4..<4, 10, 4..<4),
            (-3..<2, 10, 0..<2),
        ] as [(Range<Int>?, Int, Range<Int>)])
    func cut(_ range: Range<Int>?, _ size: Int, _ expected: Range<Int>) throws {
        #expect(try ByteRange.cut(range, toSize: size) == expected)
    }

    @Test(
        "a range that starts at the end or behind it cannot be satisfied",
        arguments: [(10..<11, 10), (10..<10, 10), (99..<Int.max, 10), (0..<1, 0), (0..<0, 0)])
    func behindTheEnd(_ range: Range<Int>, _ size: Int) {
        #expect(throws: ObjectError.rangeNotSatisfiable(size: size)) { try ByteRange.cut(range, toSize: size) }
    }
}
