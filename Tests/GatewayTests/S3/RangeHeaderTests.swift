import Testing

@testable import Gateway

@Suite("ranges of a request")
struct RangeHeaderTests {
    @Test(
        "one range of bytes, cut to what there is",
        arguments: [
            ("bytes=0-0", 0..<1), ("bytes=2-", 2..<10), ("bytes=-3", 7..<10), ("bytes=-11", 0..<10),
            ("bytes=5-99", 5..<10), ("Bytes = 1-2", 1..<3), ("bytes=9-99999999999999999999", 9..<10),
        ])
    func satisfiable(_ text: String, _ range: Range<Int>) throws {
        #expect(RangeHeader.cut(try #require(RangeHeader.range(text)), toSize: 10) == range)
    }

    @Test("ranges behind the end have nothing", arguments: ["bytes=10-", "bytes=10-20", "bytes=-0"])
    func unsatisfiable(_ text: String) throws {
        #expect(RangeHeader.cut(try #require(RangeHeader.range(text)), toSize: 10) == nil)
    }

    @Test("an empty body has no range", arguments: ["bytes=0-", "bytes=0-0", "bytes=-1"])
    func empty(_ text: String) throws {
        #expect(RangeHeader.cut(try #require(RangeHeader.range(text)), toSize: 0) == nil)
    }

    @Test(
        "what is no single range is ignored",
        arguments: [
            "", "bytes", "bytes=", "bytes=-", "bytes=3-2", "bytes=0-1,3-4", "bytes=a-", "items=0-1", "bytes=+1-2",
        ])
    func ignored(_ text: String) { #expect(RangeHeader.range(text) == nil) }
}
