import JSON
import Logging
import Synchronization
import Telemetry
import Testing

@Suite("log lines")
struct LogLineTests {
    private static func line(_ message: String, _ fields: [(String, String)]) -> LogLine {
        LogLine(time: "2026-11-26T00:10:00.000Z", level: "info", message: message, service: "work", fields: fields)
    }

    @Test("people read a sentence and its fields")
    func text() {
        let line = Self.line("job completed", [("job.id", "j 1"), ("kind", "sentence.synthesize"), ("note", "")])
        #expect(
            line.written(as: .text)
                == #"2026-11-26T00:10:00.000Z info job completed job.id="j 1" kind=sentence.synthesize note="""#)
    }

    @Test("programs read one JSON object, whose own members no field replaces")
    func json() throws {
        let line = Self.line("job completed", [("job.id", "j"), ("level", "none"), ("trace.id", "t")])
        let json = try JSONValue(parsing: Array(line.written(as: .json).utf8))
        #expect(
            json == [
                "time": "2026-11-26T00:10:00.000Z", "level": "info", "message": "job completed", "service": "work",
                "job_id": "j", "trace_id": "t",
            ])
    }

    @Test(
        "whatever a field says, it is one line and steers no terminal",
        arguments: [
            "\n", "\r\n2026-11-26T00:10:00.000Z info forged", "\u{1B}[2J", "\u{7F}", "\u{85}", "\u{9B}31m", "\u{2028}",
            "\u{2029}", "\u{202E}", "\u{0}", "a\"b\\c",
        ])
    func harmless(_ text: String) throws {
        for format in LogFormat.allCases {
            let written = Self.line(text, [("field", text), (text, "value")]).written(as: format)
            let steers = written.unicodeScalars.contains {
                $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || (0x2028...0x202E).contains($0.value)
            }
            #expect(!steers)
        }
        let json = Self.line(text, [("field", text)]).written(as: .json)
        #expect(try JSONValue(parsing: Array(json.utf8))["field"] == .string(text))
    }

    @Test("a logger writes what it was given, and what each event adds")
    func handler() {
        let written = Mutex("")
        var logger = Logger(label: "x") { _ in
            LineLogHandler(service: "work", format: .text) { line in written.withLock { $0 += line } }
        }
        logger[metadataKey: "worker"] = "1"
        logger.debug("not shown")
        logger.notice("shown", metadata: ["job.id": "j"])
        let text = written.withLock { $0 }
        #expect(text.hasSuffix(" notice shown job.id=j worker=1\n"))
        #expect(text.count { $0 == "\n" } == 1)
    }
}
