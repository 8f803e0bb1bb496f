import Foundation
import HTTPTypes
import Objects
import Signing
import SpeakModel

/// What a request says of an object that it puts.
enum ObjectHeaders {
    private static let mostMetadataBytes = 2048
    private static let kept: [HTTPField.Name] = [
        .cacheControl, .contentDisposition, .contentEncoding, .contentLanguage, .expires, .amzStorageClass,
        HTTPField.Name("x-amz-website-redirect-location") ?? .expires,
    ]
    private static let storageClasses: Set = [
        "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER",
        "DEEP_ARCHIVE", "OUTPOSTS", "GLACIER_IR", "SNOW", "EXPRESS_ONEZONE",
    ]

    static func draft(_ call: S3Call) throws(AWSError) -> ObjectDraft {
        try checkEncryption(call.headers)
        var headers: [String: String] = [:]
        for name in kept { headers[name.canonicalName] = call.headers[name] }
        // The chunks were taken apart.
        headers["content-encoding"] = headers["content-encoding"].flatMap(withoutChunks)
        if let storageClass = headers["x-amz-storage-class"] {
            guard storageClasses.contains(storageClass) else {
                throw .s3("InvalidStorageClass", "The storage class you specified is not valid")
            }
            if storageClass == "STANDARD" { headers["x-amz-storage-class"] = nil }
        }
        return ObjectDraft(
            key: try call.key, contentType: call.headers[.contentType] ?? "binary/octet-stream",
            metadata: try metadata(call.headers), headers: headers, tags: try tags(call.headers))
    }

    private static func withoutChunks(_ encoding: String) -> String? {
        let rest = encoding.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0 != "aws-chunked" }
        return rest.isEmpty ? nil : rest.joined(separator: ",")
    }

    private static func metadata(_ headers: HTTPFields) throws(AWSError) -> [String: String] {
        let start = "x-amz-meta-"
        var metadata: [String: String] = [:]
        var size = 0
        for field in headers where field.name.canonicalName.hasPrefix(start) {
            let name = String(field.name.canonicalName.dropFirst(start.count))
            size += name.utf8.count + field.value.utf8.count
            metadata[name] = metadata[name].map { "\($0),\(field.value)" } ?? field.value
        }
        guard size <= mostMetadataBytes else {
            throw .s3(
                "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size",
                ["MaxSizeAllowed": String(mostMetadataBytes)])
        }
        return metadata
    }

    static func tags(_ headers: HTTPFields) throws(AWSError) -> [String: String] {
        guard let text = headers[.amzTagging] else { return [:] }
        var pairs: [(String, String)] = []
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decoded(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decoded(parts.count == 2 ? parts[1] : "", plusIsSpace: true)
            else {
                throw .invalidArgument(
                    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
                    "x-amz-tagging", text)
            }
            pairs.append((name, value))
        }
        return try Tagging.checked(pairs)
    }

    private static func checkEncryption(_ headers: HTTPFields) throws(AWSError) {
        for field in headers where field.name.canonicalName.hasPrefix("x-amz-server-side-encryption-customer-") {
            throw .notImplemented(field.name.canonicalName)
        }
        guard let encryption = headers[.amzServerSideEncryption] else { return }
        switch encryption {
        case "AES256": return
        case "aws:kms", "aws:kms:dsse": throw .notImplemented("x-amz-server-side-encryption: \(encryption)")
        default:
            throw .invalidArgument(
                "The encryption method specified is not supported", "x-amz-server-side-encryption", encryption)
        }
    }
}

extension ObjectInfo {
    var quotedETag: String { "\"\(etag)\"" }

    var storageClass: String { headers["x-amz-storage-class"] ?? "STANDARD" }

    /// The headers by which an object is told of.
    ///
    /// - Parameter overrides: Parameters of the request, such as `response-content-type`.
    func answerHeaders(_ overrides: CanonicalQuery) -> HTTPFields {
        var fields: HTTPFields = [
            .eTag: quotedETag, .lastModified: HTTPDate.text(modifiedAt), .acceptRanges: "bytes",
            .contentType: contentType,
        ]
        for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
        for (name, value) in metadata { if let name = HTTPField.Name("x-amz-meta-\(name)") { fields[name] = value } }
        if !tags.isEmpty { fields[.amzTaggingCount] = String(tags.count) }
        for (name, value) in overrides.parameters where name.hasPrefix("response-") {
            if Self.overridable.contains(name), let name = HTTPField.Name(String(name.dropFirst(9))) {
                fields[name] = value
            }
        }
        return fields
    }

    private static let overridable: Set = [
        "response-cache-control", "response-content-disposition", "response-content-encoding",
        "response-content-language", "response-content-type", "response-expires",
    ]
}
