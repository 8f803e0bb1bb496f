import Foundation
import Objects
import SpeakModel

/// What S3 says of an object in an answer's headers.
enum ObjectHeaders {
    private static let metadataPrefix = "x-amz-meta-"

    static func info(_ answer: TransportAnswer, key: ObjectKey) -> ObjectInfo {
        // Of a part, how large the whole is stands behind the slash.
        let whole = answer["Content-Range"]?.split(separator: "/").last.flatMap { Int($0) }
        let metadata = answer.headers.compactMap { name, value -> (String, String)? in
            guard name.lowercased().hasPrefix(metadataPrefix) else { return nil }
            return (String(name.lowercased().dropFirst(metadataPrefix.count)), decoded(value))
        }
        return ObjectInfo(
            key: key.text, bytes: whole ?? answer["Content-Length"].flatMap { Int($0) } ?? answer.body.count,
            contentType: answer["Content-Type"] ?? "", metadata: Dictionary(metadata) { first, _ in first },
            etag: etag(answer), modifiedAt: modifiedAt(answer))
    }

    static func etag(_ answer: TransportAnswer) -> String { unquoted(answer["ETag"] ?? "") }

    static func unquoted(_ etag: String) -> String { etag.filter { $0 != "\"" } }

    /// A put's answer has no such header; then it was modified when it was answered.
    static func modifiedAt(_ answer: TransportAnswer) -> Timestamp {
        let text = answer["Last-Modified"] ?? answer["Date"]
        return text.flatMap(Timestamp.init(httpDate:)) ?? Timestamp(milliseconds: 0)
    }

    /// - Throws: ``ServiceError/badConfiguration(_:)`` for a name that no header can have.
    static func fields(
        contentType: String, metadata: [String: String]
    ) throws -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = [("Content-Type", contentType)]
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            let isGood =
                !name.isEmpty
                && name.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
            guard isGood else {
                throw ServiceError.badConfiguration(
                    "S3 keeps no metadata named \(name.debugDescription): letters a to z, digits, - and _ are allowed.")
            }
            fields.append((metadataPrefix + name, encoded(value)))
        }
        return fields
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Text that a header cannot carry as it is goes as an encoded word (RFC 2047), as S3 itself gives it back.
    private static func encoded(_ value: String) -> String {
        let isPlain =
            value.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !value.hasPrefix(" ") && !value.hasSuffix(" ")
            && !value.hasPrefix("=?")
        return isPlain ? value : "=?UTF-8?B?\(Data(value.utf8).base64EncodedString())?="
    }

    private static func decoded(_ value: String) -> String {
        guard let match = value.wholeMatch(of: #/=\?(?i:UTF-8)\?(?i:B)\?([A-Za-z0-9+\/=]*)\?=/#),
            let data = Data(base64Encoded: String(match.1)), let text = String(validating: data, as: UTF8.self)
        else { return value }
        return text
    }
}
