import Crypto
import Signing
import SpeakModel

/// Signs requests with Signature Version 4.
///
/// Source: "Create a signed AWS API request" in the AWS Identity and Access Management User Guide.
struct RequestSigner {
    let credentials: AccessCredentials
    let region: String
    /// As credential scopes spell it: `sqs`, `dynamodb`, `s3`, `sts`.
    let service: String
    let keys: SigningKeys

    private static let algorithm = "AWS4-HMAC-SHA256"

    /// Adds what proves who sends the request, and when.
    ///
    /// - Parameter request: With its `Host`; what is added later is not signed.
    func sign(_ request: inout ServiceRequest, at moment: Timestamp) {
        let time = moment.basicISO8601
        let payloadHash = SHA256.hash(data: request.body).hexadecimal
        request.headers.append(("X-Amz-Date", time))
        if let token = credentials.sessionToken { request.headers.append(("X-Amz-Security-Token", token)) }
        if service == "s3" { request.headers.append(("X-Amz-Content-SHA256", payloadHash)) }
        let canonical = CanonicalRequest(request, escapesTwice: service != "s3", payloadHash: payloadHash)
        let scope = [String(time.prefix(8)), region, service, "aws4_request"]
        let text = [Self.algorithm, time, scope.joined(separator: "/"), canonical.hash].joined(separator: "\n")
        let signature = keys.key(of: credentials.secret, scope: scope).signature(of: text)
        let credential = ([credentials.keyID] + scope).joined(separator: "/")
        request.headers.append(
            (
                "Authorization",
                "\(Self.algorithm) Credential=\(credential), SignedHeaders=\(canonical.signedHeaders), Signature=\(signature)"
            ))
    }
}

extension Timestamp {
    /// As signatures have it: `20150830T123600Z`.
    var basicISO8601: String {
        let digits = iso8601.utf8.prefix(19).filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ":") }
        return String(decoding: digits, as: UTF8.self) + "Z"
    }
}
