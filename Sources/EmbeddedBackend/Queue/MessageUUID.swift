import Queueing

/// A message's identity: 16 random bytes, written as a UUID of version 4 (RFC 9562, section 5.4).
struct MessageUUID: Hashable, Sendable {
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        precondition(bytes.count == 16, "A UUID has 16 bytes.")
        self.bytes = bytes
    }

    /// - Returns: `nil` for an id that is none of ours.
    init?(_ id: MessageID) {
        guard let bytes = Hexadecimal.bytes(id.description.filter { $0 != "-" }), bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    static func random() -> MessageUUID {
        let high = UInt64.random(in: 0...UInt64.max) & ~0xF000 | 0x4000
        let low = UInt64.random(in: 0...UInt64.max) & ~(0b11 << 62) | 0b10 << 62
        return MessageUUID(bytes: high.bigEndianBytes + low.bigEndianBytes)
    }

    var id: MessageID {
        let digits = Hexadecimal.text(bytes)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, digit) in digits.utf8.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digit)
        }
        return MessageID(String(decoding: text, as: UTF8.self))
    }
}
