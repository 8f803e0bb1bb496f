import Crypto

/// A URL that whoever has it may GET for a while.
///
/// Source: "Authenticating requests: using query parameters (AWS Signature Version 4)" in the Amazon S3 API Reference.
package struct PresignedURL: Sendable {
    package struct Credentials: Sendable {
        package let keyID: String
        package let secret: String
        /// What temporary credentials have besides; a URL signed with them ends with them.
        package let sessionToken: String?

        package init(keyID: String, secret: String, sessionToken: String? = nil) {
            self.keyID = keyID
            self.secret = secret
            self.sessionToken = sessionToken
        }
    }

    package static let longestLifetimeInSeconds = 604_800

    package let text: String

    /// - Parameters:
    ///   - scheme: `http` or `https`.
    ///   - authority: Host and, where it is not the scheme's, port.
    ///   - path: Not encoded; begins with a slash.
    ///   - time: As it is signed: `20260101T120000Z`.
    ///   - lifetimeInSeconds: From 1 to ``longestLifetimeInSeconds``.
    package init(
        scheme: String, authority: String, path: String, region: String, credentials: Credentials, time: String,
        lifetimeInSeconds: Int
    ) {
        let scope = [String(time.prefix(8)), region, "s3", "aws4_request"]
        var parameters = [
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            ("X-Amz-Credential", ([credentials.keyID] + scope).joined(separator: "/")), ("X-Amz-Date", time),
            ("X-Amz-Expires", String(lifetimeInSeconds)),
        ]
        if let token = credentials.sessionToken { parameters.append(("X-Amz-Security-Token", token)) }
        parameters.append(("X-Amz-SignedHeaders", "host"))
        let query = parameters.map { "\($0.0)=\(PercentEncoding.encoded($0.1))" }.joined(separator: "&")
        let path = PercentEncoding.encoded(path, keepingSlashes: true)
        let request = ["GET", path, query, "host:\(authority)\n", "host", "UNSIGNED-PAYLOAD"].joined(separator: "\n")
        let signed = [
            "AWS4-HMAC-SHA256", time, scope.joined(separator: "/"), SHA256.hash(data: Array(request.utf8)).hexadecimal,
        ].joined(separator: "\n")
        let signature = SigningKey(secret: credentials.secret, scope: scope).signature(of: signed)
        text = "\(scheme)://\(authority)\(path)?\(query)&X-Amz-Signature=\(signature)"
    }
}
