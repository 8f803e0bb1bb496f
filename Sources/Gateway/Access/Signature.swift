import HTTPTypes

/// What a request says about its signature, in its headers or, presigned, in its query.
///
/// Source: "Signature Version 4 signing process" in the AWS General Reference.
struct Signature: Sendable {
    static let algorithm = "AWS4-HMAC-SHA256"

    let keyID: String
    /// Day, region, service and `aws4_request`.
    let scope: [String]
    let signedHeaders: [String]
    let value: String
    /// As it is written: `20260101T120000Z`.
    let time: String
    /// How long a presigned request may be used; `nil` for a signature in headers.
    let expiresInSeconds: Int?

    /// - Throws: What AWS says of a request without a signature, or with half of one.
    init(of request: WireRequest) throws(AWSError) {
        if let header = request.headers[.authorization] {
            try self.init(header: header, request)
        } else {
            let query = CanonicalQuery(request.query)
            guard query["X-Amz-Algorithm"] != nil else { throw .missingAuthenticationToken }
            try self.init(query: query)
        }
    }

    private init(header: String, _ request: WireRequest) throws(AWSError) {
        let words = header.split(separator: " ", maxSplits: 1)
        guard words.first.map(String.init) == Self.algorithm, words.count == 2 else {
            throw .incompleteSignature("Unsupported AWS 'algorithm': '\(words.first ?? "")'.")
        }
        var parts: [String: String] = [:]
        for part in words[1].split(separator: ",") {
            let pair = part.trimmingSpaces.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else {
                throw .incompleteSignature(
                    "'\(part)' not a valid key=value pair (missing equal-sign) in Authorization header.")
            }
            parts[String(pair[0])] = String(pair[1])
        }
        guard let time = request.headers[.amzDate] else {
            throw .incompleteSignature(
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
        }
        try self.init(
            credential: parts["Credential"], headers: parts["SignedHeaders"], value: parts["Signature"], time: time,
            expires: nil)
    }

    private init(query: CanonicalQuery) throws(AWSError) {
        guard query["X-Amz-Algorithm"] == Self.algorithm else {
            throw .incompleteSignature("Unsupported AWS 'algorithm': '\(query["X-Amz-Algorithm"] ?? "")'.")
        }
        guard let expires = query["X-Amz-Expires"].flatMap({ Int($0) }), (0...604_800).contains(expires) else {
            throw .incompleteSignature("X-Amz-Expires must be a number of seconds from 0 to 604800.")
        }
        guard let time = query["X-Amz-Date"] else {
            throw .incompleteSignature("AWS query-string parameters must include 'X-Amz-Date'.")
        }
        try self.init(
            credential: query["X-Amz-Credential"], headers: query["X-Amz-SignedHeaders"],
            value: query["X-Amz-Signature"], time: time, expires: expires)
    }

    private init(
        credential: String?, headers: String?, value: String?, time: String, expires: Int?
    ) throws(AWSError) {
        let missing = [("Credential", credential), ("Signature", value), ("SignedHeaders", headers)]
            .filter { $0.1 == nil }
        guard missing.isEmpty, let credential, let headers, let value else {
            throw .incompleteSignature(
                missing.map { "Authorization header requires '\($0.0)' parameter." }.joined(separator: " "))
        }
        let parts = credential.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 5, parts.last == "aws4_request" else {
            throw .incompleteSignature("Credential must have exactly 5 slash-delimited elements.")
        }
        keyID = parts.dropLast(4).joined(separator: "/")
        scope = Array(parts.suffix(4))
        signedHeaders = headers.split(separator: ";").map(String.init)
        (self.value, self.time, expiresInSeconds) = (value, time, expires)
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}

extension HTTPField.Name {
    static let amzDate = Self("X-Amz-Date") ?? .date
    static let amzContentSHA256 = Self("X-Amz-Content-SHA256") ?? .contentType
}

extension AWSError {
    static let missingAuthenticationToken = AWSError(
        "MissingAuthenticationToken", "Request is missing Authentication Token", status: 403)

    static func incompleteSignature(_ message: String) -> AWSError {
        AWSError("IncompleteSignature", message, status: 403)
    }

    static let invalidClientToken = AWSError(
        "InvalidClientTokenId", "The security token included in the request is invalid.", status: 403)

    static func signatureMismatch(_ message: String) -> AWSError {
        AWSError("SignatureDoesNotMatch", message, status: 403)
    }

    static let wrongSignature = signatureMismatch(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."
    )
}
