import Crypto

/// Names of files made of ids, which may hold anything.
package enum ExportName {
    /// Letters, digits and `-_.@` stay, all else is percent-encoded; long ones end in a digest.
    package static func file(_ id: String, ending: String) -> String {
        let safe = id.utf8.map { byte in
            let scalar = UnicodeScalar(byte)
            let isPlain = byte < 0x80 && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte))
            return isPlain || "-_.@".utf8.contains(byte) ? String(scalar) : "%" + hexadecimal(byte)
        }.joined()
        let name = safe.hasPrefix(".") ? "%2E" + safe.dropFirst() : safe
        guard name.utf8.count > longestInBytes else { return name + ending }
        let digest = SHA256.hash(data: Array(id.utf8)).prefix(8).map(hexadecimal).joined()
        return name.prefix(longestInBytes) + "-" + digest + ending
    }

    /// With a digest and an ending it fits the 255 bytes of Linux's file systems.
    private static let longestInBytes = 200

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return byte < 16 ? "0" + digits : digits
    }
}
