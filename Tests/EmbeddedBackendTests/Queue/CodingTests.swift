import Queueing
import SpeakModel
import Testing

@testable import EmbeddedBackend

@Suite("receipts, identities and attributes as bytes")
struct CodingTests {
    @Test("a receipt says what it was made of")
    func receipt() {
        for (row, token) in [(Int64(1), Int64(1)), (.max, .max), (77, 0x0102_0304_0506_0708)] {
            let key = LeaseKey(row: row, token: token, leasedAt: Timestamp(milliseconds: token), uuid: .random())
            #expect(key.receipt.handle.utf8.count == 80)
            #expect(LeaseKey(key.receipt) == key)
        }
    }

    @Test(
        "what is no receipt",
        arguments: [
            "", "x", "zz", String(repeating: "0", count: 78), String(repeating: "A", count: 80),
            String(repeating: "가", count: 80),
        ])
    func noReceipt(_ handle: String) { #expect(LeaseKey(Receipt(handle: handle)) == nil) }

    @Test("a token that nobody holds is no receipt: it would fit every message that is not leased")
    func zeroToken() {
        for token in [Int64(0), -1] {
            let key = LeaseKey(row: 1, token: token, leasedAt: Timestamp(milliseconds: 1), uuid: .random())
            #expect(LeaseKey(key.receipt) == nil)
        }
    }

    @Test("identities are UUIDs of version 4, each another")
    func uuid() throws {
        let ids = (0..<100).map { _ in MessageUUID.random().id.description }
        #expect(Set(ids).count == 100)
        for id in ids {
            let match = id.wholeMatch(of: #/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#)
            #expect(match != nil, "\(id)")
        }
        let known = MessageUUID(bytes: Array(0..<16))
        #expect(known.id.description == "00010203-0405-0607-0809-0a0b0c0d0e0f")
    }

    @Test("attributes come back as they were; damaged bytes are an error, not a crash")
    func attributes() throws {
        let attributes = [
            "a": MessageAttribute.string("가나다"), "b": MessageAttribute(dataType: "Binary.png", value: []),
            "c": MessageAttribute(dataType: "Number", value: Array(repeating: 0x31, count: 70_000)),
        ]
        let bytes = AttributeCoding.encode(attributes)
        #expect(try AttributeCoding.decode(bytes) == attributes)
        #expect(AttributeCoding.encode([:]).isEmpty)
        #expect(try AttributeCoding.decode([]).isEmpty)
        for end in [1, 3, 5, 9, bytes.count - 1] {
            #expect(throws: SQLiteFailure.self) { try AttributeCoding.decode(Array(bytes.prefix(end))) }
        }
        #expect(throws: SQLiteFailure.self) { try AttributeCoding.decode([0xFF, 0xFF, 0xFF, 0xFF, 0]) }
    }
}
