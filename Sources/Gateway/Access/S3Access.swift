import Crypto
import Foundation
import HTTPTypes
import Signing

/// Says who sends a request to S3, and checks that it is so.
///
/// S3 differs from the other services: it signs the path as it is, lets the body go unsigned or be signed in chunks, and
/// has its own words for what is wrong.
///
/// Source: "Authenticating requests (AWS Signature Version 4)" in the Amazon S3 API Reference.
struct S3Access: Sendable {
    enum Caller: Sendable {
        /// Has not said, and may do what everybody may.
        case anonymous
        /// Has a key, or nobody is asked for one.
        case known(ChunkSigning?)
    }

    /// `nil` where nobody is asked.
    let keys: AccessKeys?
    let now: @Sendable () -> Date

    /// - Throws: The error that S3 has for what is wrong.
    func caller(of request: WireRequest, query: CanonicalQuery, address: BucketAddress) throws(AWSError) -> Caller {
        if request.headers[.authorization] == nil, query["X-Amz-Algorithm"] == nil {
            if query["AWSAccessKeyId"] != nil { return try checkVersion2(request, query, address) }
            return keys == nil ? .known(nil) : .anonymous
        }
        guard let keys else {
            try checkExpiry(query)
            return .known(nil)
        }
        let signature: Signature
        do { signature = try Signature(of: request) } catch {
            throw Self.malformed(error, isPresigned: query["X-Amz-Algorithm"] != nil)
        }
        guard signature.scope[2] == "s3" else {
            throw .s3(
                "AuthorizationHeaderMalformed",
                "The authorization header is malformed; incorrect service \"\(signature.scope[2])\". This endpoint belongs to \"s3\"."
            )
        }
        guard let secret = keys[signature.keyID] else { throw .invalidAccessKey(signature.keyID) }
        let isPresigned = signature.expiresInSeconds != nil
        guard let time = SignatureCheck.date(signature.time), signature.time.hasPrefix(signature.scope[0]) else {
            throw .s3("AccessDenied", "Invalid date in the signature.", status: 403)
        }
        let mustBeSigned = request.headers.map(\.name.canonicalName).filter { $0.hasPrefix("x-amz-") } + ["host"]
        let unsigned = mustBeSigned.filter {
            !signature.signedHeaders.contains($0) && (!isPresigned || $0 != "x-amz-content-sha256")
        }
        guard unsigned.isEmpty else {
            throw .s3(
                "AccessDenied", "There were headers present in the request which were not signed", status: 403,
                ["HeadersNotSigned": unsigned.joined(separator: ", ")])
        }
        let claimed = isPresigned ? query["X-Amz-Content-Sha256"] : request.headers[.amzContentSHA256]
        guard let payload = claimed ?? (isPresigned ? "UNSIGNED-PAYLOAD" : nil) else {
            throw .invalidRequest("Missing required header for this request: x-amz-content-sha256")
        }
        let key = SigningKey(secret: secret, scope: signature.scope)
        let path = Self.signedPath(request.path)
        let text = SignatureCheck.textToSign(request, signature, path: path, payload: payload)
        guard SignatureCheck.isEqual(key.signature(of: text), signature.value) else { throw .wrongS3Signature }
        try checkTime(time, signature)
        return .known(
            ChunkSigning(
                key: key, time: signature.time, scope: signature.scope.joined(separator: "/"), seed: signature.value))
    }

    /// Encoded once, whatever of it the caller has escaped.
    private static func signedPath(_ path: Substring) -> String {
        PercentEncoding.encoded(PercentEncoding.decoded(path) ?? String(path), keepingSlashes: true)
    }

    private func checkTime(_ time: Date, _ signature: Signature) throws(AWSError) {
        let age = now().timeIntervalSince(time)
        if let lifetime = signature.expiresInSeconds {
            guard age >= -SignatureCheck.skewInSeconds else {
                throw .s3("AccessDenied", "Request is not valid yet", status: 403)
            }
            guard age <= Double(lifetime) else { throw .expired }
        } else if abs(age) > SignatureCheck.skewInSeconds {
            throw .s3(
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.", status: 403)
        }
    }

    /// A presigned URL ends also where nobody is asked for keys.
    private func checkExpiry(_ query: CanonicalQuery) throws(AWSError) {
        guard let lifetime = query["X-Amz-Expires"].flatMap({ Double($0) }),
            let time = query["X-Amz-Date"].flatMap(SignatureCheck.date)
        else { return }
        guard now().timeIntervalSince(time) <= lifetime else { throw .expired }
    }

    private static func malformed(_ error: AWSError, isPresigned: Bool) -> AWSError {
        if isPresigned { return .s3("AuthorizationQueryParametersError", error.message) }
        return .s3("AuthorizationHeaderMalformed", "The authorization header is malformed; \(error.message)")
    }
}

/// The older way to presign, which boto3 takes for some regions if nobody says another.
///
/// Source: "Authenticating requests (AWS Signature Version 2)", "Query string request authentication alternative", in the
/// Amazon S3 API Reference.
extension S3Access {
    private static let signedParameters: Set<String> = [
        "acl", "cors", "delete", "lifecycle", "location", "logging", "notification", "partNumber", "policy",
        "requestPayment", "response-cache-control", "response-content-disposition", "response-content-encoding",
        "response-content-language", "response-content-type", "response-expires", "tagging", "torrent", "uploadId",
        "uploads", "versionId", "versioning", "versions", "website",
    ]

    private func checkVersion2(
        _ request: WireRequest, _ query: CanonicalQuery, _ address: BucketAddress
    ) throws(AWSError) -> Caller {
        guard let expires = query["Expires"], let moment = Double(expires), let signature = query["Signature"] else {
            throw .s3(
                "AccessDenied",
                "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
                status: 403)
        }
        guard now().timeIntervalSince1970 <= moment else { throw .expired }
        guard let keys else { return .known(nil) }
        let id = query["AWSAccessKeyId"] ?? ""
        guard let secret = keys[id] else { throw .invalidAccessKey(id) }
        let amz = request.headers.filter { $0.name.canonicalName.hasPrefix("x-amz-") }
            .map { "\($0.name.canonicalName):\($0.value)\n" }.sorted().joined()
        let isInHost = address.bucket != nil && !request.path.dropFirst().hasPrefix(address.bucket ?? "")
        let parameters = query.parameters.filter { Self.signedParameters.contains($0.name) }
            .sorted { $0.name < $1.name }.map { $0.value.isEmpty ? $0.name : "\($0.name)=\($0.value)" }
        let text =
            [
                request.method.rawValue, request.headers[.contentMD5] ?? "", request.headers[.contentType] ?? "",
                expires,
                amz + (isInHost ? "/\(address.bucket ?? "")" : "") + request.path,
            ].joined(separator: "\n") + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&"))
        let expected = HMAC<Insecure.SHA1>.authenticationCode(
            for: Array(text.utf8), using: SymmetricKey(data: Array(secret.utf8)))
        guard SignatureCheck.isEqual(Data(expected).base64EncodedString(), signature) else { throw .wrongS3Signature }
        return .known(nil)
    }
}

extension HTTPField.Name {
    static let contentMD5 = Self("Content-MD5") ?? .contentType
}

extension AWSError {
    fileprivate static let expired = s3("AccessDenied", "Request has expired", status: 403)

    fileprivate static func invalidAccessKey(_ id: String) -> AWSError {
        s3(
            "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", status: 403,
            ["AWSAccessKeyId": id])
    }

    static let wrongS3Signature = s3(
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        status: 403)
}
