import Crypto
import Foundation
import HTTPTypes
import Signing

/// Checks that a request was signed, by whom it says, as it is, and lately.
struct SignatureCheck: Sendable {
    let keys: AccessKeys
    let now: @Sendable () -> Date

    /// How far the caller's clock may be from ours.
    static let skewInSeconds = 900.0

    /// - Throws: The error that AWS has for what is wrong; an unknown key before a wrong signature before a wrong time.
    func check(_ request: WireRequest) throws(AWSError) {
        let signature = try Signature(of: request)
        guard let secret = keys[signature.keyID] else { throw .invalidClientToken }
        guard let time = Self.date(signature.time), signature.time.hasPrefix(signature.scope[0]) else {
            throw .signatureMismatch(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '\(signature.scope[0])' != '\(signature.time.prefix(8))', from '\(signature.time)'."
            )
        }
        let mustBeSigned = request.headers.map(\.name.canonicalName).filter { $0.hasPrefix("x-amz-") } + ["host"]
        guard mustBeSigned.allSatisfy(signature.signedHeaders.contains) else { throw .wrongSignature }
        let payload = SHA256.hash(data: request.body).hexadecimal
        if signature.expiresInSeconds == nil, let claimed = request.headers[.amzContentSHA256], claimed != payload {
            throw .wrongSignature
        }
        let path = PercentEncoding.encoded(Self.normalised(request.path), keepingSlashes: true)
        let text = Self.textToSign(request, signature, path: path, payload: payload)
        let key = SigningKey(secret: secret, scope: signature.scope)
        guard Self.isEqual(key.signature(of: text), signature.value) else { throw .wrongSignature }
        try checkTime(time, signature)
    }

    /// - Parameters:
    ///   - path: As it is signed, which differs between services.
    ///   - payload: The body's hash, or a word in its place.
    static func textToSign(
        _ request: WireRequest, _ signature: Signature, path: String, payload: String
    ) -> String {
        let canonical = canonicalRequest(request, signature, path: path, payload: payload)
        return [
            Signature.algorithm, signature.time, signature.scope.joined(separator: "/"),
            SHA256.hash(data: Array(canonical.utf8)).hexadecimal,
        ].joined(separator: "\n")
    }

    private func checkTime(_ time: Date, _ signature: Signature) throws(AWSError) {
        let now = now()
        let age = now.timeIntervalSince(time)
        if age < -Self.skewInSeconds {
            throw .signatureMismatch(
                "Signature not yet current: \(signature.time) is still later than \(Self.text(now.addingTimeInterval(Self.skewInSeconds))) (\(Self.text(now)) + 15 min.)"
            )
        }
        if age > signature.expiresInSeconds.map(Double.init) ?? Self.skewInSeconds {
            let limit = now.addingTimeInterval(-(signature.expiresInSeconds.map(Double.init) ?? Self.skewInSeconds))
            let span = signature.expiresInSeconds.map { "\($0) s" } ?? "15 min."
            throw .signatureMismatch(
                "Signature expired: \(signature.time) is now earlier than \(Self.text(limit)) (\(Self.text(now)) - \(span))"
            )
        }
    }

    private static func canonicalRequest(
        _ request: WireRequest, _ signature: Signature, path: String, payload: String
    ) -> String {
        let headers = signature.signedHeaders.map { name in
            let values = name == "host" ? [request.authority] : request.headers(named: name)
            return "\(name):\(values.map(collapsed).joined(separator: ","))\n"
        }
        return [
            request.method.rawValue, path, CanonicalQuery(request.query).text, headers.joined(),
            signature.signedHeaders.joined(separator: ";"), payload,
        ].joined(separator: "\n")
    }

    /// Without empty parts and dot segments (RFC 3986, section 5.2.4); every service but S3 signs a path so.
    private static func normalised(_ path: Substring) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/") + (path.hasSuffix("/") && !parts.isEmpty ? "/" : "")
    }

    /// Without spaces at the ends, and with single ones inside.
    private static func collapsed(_ value: String) -> String {
        value.split(separator: " ").joined(separator: " ")
    }

    /// Takes as long for a wrong signature as for the right one.
    static func isEqual(_ expected: String, _ found: String) -> Bool {
        let (expected, found) = (Array(expected.utf8), Array(found.utf8))
        guard expected.count == found.count else { return false }
        return zip(expected, found).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    static func date(_ text: String) -> Date? {
        guard text.utf8.count == 16 else { return nil }
        // Whatever is wrong with it, it is no time, and the caller says so.
        return try? Date(text, strategy: format)
    }

    private static func text(_ date: Date) -> String { date.formatted(format) }

    private static let format = Date.ISO8601FormatStyle(
        dateSeparator: .omitted, dateTimeSeparator: .standard, timeSeparator: .omitted)
}

extension WireRequest {
    fileprivate func headers(named name: String) -> [String] {
        HTTPField.Name(name).map { headers[values: $0] } ?? []
    }
}
