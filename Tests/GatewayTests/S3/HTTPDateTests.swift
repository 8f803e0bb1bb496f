import SpeakModel
import Testing

@testable import Gateway

@Suite("moments in headers")
struct HTTPDateTests {
    private let moment = Timestamp(milliseconds: 784_111_777_000)

    @Test(
        "the three forms of RFC 9110 and ISO 8601 are one moment",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
            "1994-11-06T08:49:37Z",
        ])
    func reads(_ text: String) { #expect(HTTPDate.moment(text) == moment) }

    @Test("the first form is written")
    func writes() { #expect(HTTPDate.text(moment) == "Sun, 06 Nov 1994 08:49:37 GMT") }

    @Test("anything else is no moment", arguments: ["", "now", "Sun, 06 Now 1994 08:49:37 GMT", "a b c d e f"])
    func refuses(_ text: String) { #expect(HTTPDate.moment(text) == nil) }
}
