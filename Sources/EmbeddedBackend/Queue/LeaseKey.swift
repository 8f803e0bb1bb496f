import Queueing
import SpeakModel

/// What a receipt says: which row, which delivery of it and when, which message.
///
/// The token is random and new with every delivery, so the receipt of an earlier one fits nothing. The message's
/// identity is there for error messages only, the time for how long a lease may last.
struct LeaseKey: Hashable, Sendable {
    let row: Int64
    /// Above zero; a message that nobody holds has zero.
    let token: Int64
    let leasedAt: Timestamp
    let uuid: MessageUUID

    init(row: Int64, token: Int64, leasedAt: Timestamp, uuid: MessageUUID) {
        self.row = row
        self.token = token
        self.leasedAt = leasedAt
        self.uuid = uuid
    }

    /// - Returns: `nil` for a receipt that no embedded queue gives out.
    init?(_ receipt: Receipt) {
        guard let bytes = Hexadecimal.bytes(receipt.handle), bytes.count == 40 else { return nil }
        row = Int64(bitPattern: UInt64(bigEndianBytes: bytes[0..<8]))
        token = Int64(bitPattern: UInt64(bigEndianBytes: bytes[8..<16]))
        leasedAt = Timestamp(milliseconds: Int64(bitPattern: UInt64(bigEndianBytes: bytes[16..<24])))
        uuid = MessageUUID(bytes: Array(bytes[24...]))
        guard token > 0 else { return nil }
    }

    var receipt: Receipt {
        Receipt(
            handle: Hexadecimal.text(
                row.bigEndianBytes + token.bigEndianBytes + leasedAt.milliseconds.bigEndianBytes + uuid.bytes))
    }

    static func randomToken() -> Int64 { Int64.random(in: 1...Int64.max) }
}
