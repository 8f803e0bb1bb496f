import Crypto
import Signing

/// A request in the one form that is signed.
///
/// Source: "Create a signed AWS API request" in the AWS Identity and Access Management User Guide.
struct CanonicalRequest {
    /// The names of the signed headers, sorted, with semicolons between.
    let signedHeaders: String
    let text: String

    /// - Parameters:
    ///   - escapesTwice: Whether the path, which is escaped already, is escaped once more: everywhere but in S3.
    ///   - payloadHash: The body's SHA-256 in hexadecimal.
    init(_ request: ServiceRequest, escapesTwice: Bool, payloadHash: String) {
        let headers = Dictionary(grouping: request.headers) { $0.name.lowercased() }
            .map { name, fields in (name, fields.map { Self.collapsed($0.value) }.joined(separator: ",")) }
            .sorted { $0.0 < $1.0 }
        signedHeaders = headers.map(\.0).joined(separator: ";")
        text = [
            request.method, escapesTwice ? PercentEncoding.encoded(request.path, keepingSlashes: true) : request.path,
            request.canonicalQuery, headers.map { "\($0):\($1)\n" }.joined(), signedHeaders, payloadHash,
        ].joined(separator: "\n")
    }

    var hash: String { SHA256.hash(data: Array(text.utf8)).hexadecimal }

    /// Without spaces at the ends, and with single ones inside.
    private static func collapsed(_ value: String) -> String {
        // Looking at characters costs as much as the rest of signing, and most values have no space.
        guard value.utf8.contains(where: { $0 <= UInt8(ascii: " ") || $0 > 0x7F }) else { return value }
        return value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
