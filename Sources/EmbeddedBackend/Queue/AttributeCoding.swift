import Queueing

/// Message attributes as bytes: for each its name, its type and its value, every one behind its length.
///
/// A length has four bytes, the most significant first. No attributes are no bytes.
enum AttributeCoding {
    static func encode(_ attributes: [String: MessageAttribute]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (name, attribute) in attributes.sorted(by: { $0.key < $1.key }) {
            for part in [Array(name.utf8), Array(attribute.dataType.utf8), attribute.value] {
                bytes += UInt32(part.count).bigEndianBytes + part
            }
        }
        return bytes
    }

    /// - Throws: ``SQLiteFailure`` for bytes that ``encode(_:)`` did not make: the file is damaged.
    static func decode(_ bytes: [UInt8]) throws(SQLiteFailure) -> [String: MessageAttribute] {
        var attributes: [String: MessageAttribute] = [:]
        var rest = bytes[...]
        while !rest.isEmpty {
            let name = String(decoding: try part(of: &rest), as: UTF8.self)
            let dataType = String(decoding: try part(of: &rest), as: UTF8.self)
            attributes[name] = MessageAttribute(dataType: dataType, value: Array(try part(of: &rest)))
        }
        return attributes
    }

    private static func part(of rest: inout ArraySlice<UInt8>) throws(SQLiteFailure) -> ArraySlice<UInt8> {
        let length = rest.count >= 4 ? Int(UInt32(bigEndianBytes: rest.prefix(4))) : Int.max
        guard length <= rest.count - 4 else {
            throw SQLiteFailure(code: 11, message: "message attributes are damaged")
        }
        defer { rest = rest.dropFirst(4 + length) }
        return rest.dropFirst(4).prefix(length)
    }
}
