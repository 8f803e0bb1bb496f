import Telemetry
import Testing

@Suite("trace parents")
struct TraceParentTests {
    private static let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test("the recommendation's example is read and written")
    func example() throws {
        let parent = try #require(TraceParent(parsing: Self.text))
        #expect(parent.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(parent.parentID == "00f067aa0ba902b7")
        #expect(parent.header == Self.text)
    }

    @Test("a later version may say more, the first one may not")
    func versions() {
        #expect(TraceParent(parsing: "cc" + Self.text.dropFirst(2) + "-what-will-be") != nil)
        #expect(TraceParent(parsing: Self.text + "-x") == nil)
    }

    @Test(
        "what is none is ignored",
        arguments: [
            "", "-", "---", "00", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1", " " + text, text + "\n",
            "00-4bf92f3577b34da6a3ce929d0e0e473\u{E9}-00f067aa0ba902b7-01",
        ])
    func ignored(_ text: String) { #expect(TraceParent(parsing: text) == nil) }

    @Test("a trace that begins is new and can be read; its child is another part of it")
    func beginning() throws {
        let (one, other) = (TraceParent.beginning(), TraceParent.beginning())
        #expect(one.traceID != other.traceID)
        #expect(TraceParent(parsing: one.header) == one)
        let child = one.child()
        #expect(child.traceID == one.traceID && child.parentID != one.parentID)
    }
}
