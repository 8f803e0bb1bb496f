import Queueing
import Testing

@Suite("rules for messages")
struct MessageCheckTests {
    private func message(_ text: String) -> OutgoingMessage { OutgoingMessage(body: Array(text.utf8)) }

    @Test(
        "characters that SQS takes",
        arguments: ["a", "\t\n\r", " ", "\u{7F}", "\u{85}", "안녕", "\u{D7FF}\u{E000}\u{FFFD}", "🎧\u{10FFFF}"])
    func goodText(_ text: String) throws { try message(text).check() }

    @Test(
        "characters that SQS refuses, with their place",
        arguments: [
            ("\u{0}", "U+0000 at byte 0"), ("ab\u{1B}", "U+001B at byte 2"), ("안\u{FFFE}", "U+FFFE at byte 3"),
            ("x\u{FFFF}y", "U+FFFF at byte 1"),
        ])
    func badText(_ text: String, _ place: String) {
        let error = #expect(throws: QueueError.self) { try message(text).check() }
        guard case .outOfRange("MessageBody", let value, _) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(value == place)
    }

    @Test("bytes that are not UTF-8", arguments: [[0xFF], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0x61, 0xE2, 0x82]])
    func notUTF8(_ bytes: [UInt8]) {
        let error = #expect(throws: QueueError.self) { try OutgoingMessage(body: bytes).check() }
        #expect(error?.description == "MessageBody is not UTF-8; allowed is UTF-8.")
    }

    @Test("bytes of attributes count: name, type and value")
    func bytes() {
        var message = message("12345")
        message.attributes = ["ab": .string("xyz"), "c": MessageAttribute(dataType: "Binary", value: [1])]
        #expect(message.bytes == 5 + (2 + 6 + 3) + (1 + 6 + 1))
    }

    @Test("a batch is limited as a whole")
    func batch() throws {
        let half = OutgoingMessage(body: Array(repeating: 97, count: QueueLimits.maximumBatchBytes / 2))
        try OutgoingMessage.check(batch: [half, half])
        #expect(throws: QueueError.messageTooLong(bytes: 1_048_577, limit: 1_048_576)) {
            try OutgoingMessage.check(batch: [half, half, message("x")])
        }
    }

    @Test(
        "attribute names",
        arguments: ["a", "a.b-c_D9", "1", String(repeating: "a", count: 256), "awsome", "amazonian.x"])
    func goodNames(_ name: String) throws { try MessageAttribute.string("x").check(name: name) }

    @Test(
        "attribute names that SQS refuses",
        arguments: [
            "", ".a", "a.", "a..b", "a b", "이름", "AWS.x", "aws.x", "Amazon.x", "amazon.y",
            String(repeating: "a", count: 257),
        ])
    func badNames(_ name: String) {
        #expect(throws: QueueError.self) { try MessageAttribute.string("x").check(name: name) }
    }

    @Test(
        "numbers",
        arguments: ["0", "-12", "+1.5", "1e10", ".5", "1.", String(repeating: "9", count: 38), "0.000123e-9"])
    func goodNumbers(_ text: String) throws {
        try MessageAttribute(dataType: "Number", value: Array(text.utf8)).check(name: "n")
        try MessageAttribute(dataType: "Number.label", value: Array(text.utf8)).check(name: "n")
    }

    @Test(
        "what is no number",
        arguments: ["x", "1,5", "--1", "1e", ".", "NaN", "0x10", "１", String(repeating: "9", count: 39)])
    func badNumbers(_ text: String) {
        #expect(throws: QueueError.self) {
            try MessageAttribute(dataType: "Number", value: Array(text.utf8)).check(name: "n")
        }
    }

    @Test(
        "types",
        arguments: ["", "string", "Text", ".String", "Strings", "String\(String(repeating: ".x", count: 130))"])
    func badTypes(_ type: String) {
        #expect(throws: QueueError.self) { try MessageAttribute(dataType: type, value: [97]).check(name: "n") }
    }

    @Test("at most ten attributes")
    func tooMany() throws {
        var message = message("x")
        for number in 0..<10 { message.attributes["a\(number)"] = .string("x") }
        try message.check()
        message.attributes["one-more"] = .string("x")
        #expect(throws: QueueError.self) { try message.check() }
    }
}
