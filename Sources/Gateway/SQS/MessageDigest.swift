import Crypto
import Queueing
import Signing

/// The MD5 sums by which SDKs check what they sent and received.
enum MessageDigest {
    static func ofBody(_ bytes: [UInt8]) -> String { Insecure.MD5.hash(data: bytes).hexadecimal }

    /// Source: "Calculating the MD5 message digest for message attributes" in the Amazon SQS developer guide.
    static func ofAttributes(_ attributes: [String: MessageAttribute]) -> String {
        var digest = Insecure.MD5()
        func add(_ bytes: some Sequence<UInt8>, count: Int) {
            withUnsafeBytes(of: UInt32(count).bigEndian) { digest.update(bufferPointer: $0) }
            digest.update(data: Array(bytes))
        }
        // By the names' UTF-8.
        for (name, attribute) in attributes.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            add(name.utf8, count: name.utf8.count)
            add(attribute.dataType.utf8, count: attribute.dataType.utf8.count)
            digest.update(data: [attribute.isBinary ? 2 : 1])
            add(attribute.value, count: attribute.value.count)
        }
        return digest.finalize().hexadecimal
    }
}

extension MessageAttribute {
    var isBinary: Bool { dataType == "Binary" || dataType.hasPrefix("Binary.") }
}
