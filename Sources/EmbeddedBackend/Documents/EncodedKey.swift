import Documents
import SpeakModel

/// A key as the database has it: bytes that sort as the values do.
struct EncodedKey: Hashable, Sendable {
    let partition: [UInt8]
    /// Empty where the key has no sort attribute.
    let sort: [UInt8]
}

extension KeySchema {
    /// - Parameter key: This key's attributes, of this key's types.
    func encoded(_ key: Item) -> EncodedKey {
        EncodedKey(
            partition: Self.bytes(of: partition, in: key), sort: sort.map { Self.bytes(of: $0, in: key) } ?? [])
    }

    private static func bytes(of attribute: KeyAttribute, in key: Item) -> [UInt8] {
        guard let bytes = key[attribute.name]?.orderedBytes else {
            preconditionFailure("The key attribute \(attribute.name) was not checked.")
        }
        return bytes
    }
}
