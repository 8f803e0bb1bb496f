import HTTPTypes
import Objects
import Signing
import SpeakModel
import XML

extension S3Operation {
    static let copyObject = S3Operation("CopyObject") { call in
        let source = try await CopySource(call).opened(call)
        let draft = try copied(source.info, call)
        let condition = try Conditions.condition(call.headers)
        let bucket = try call.bucket
        let info: ObjectInfo
        let algorithm = call.headers[.amzChecksumAlgorithm].flatMap { ChecksumAlgorithm(rawValue: $0.uppercased()) }
        let kept = source.info.checksum.flatMap { $0.type == .fullObject ? $0 : nil }
        if let kept, algorithm == nil || algorithm == kept.algorithm {
            info = try await call.objects.put(bytesOf: source, as: draft, checksum: kept, in: bucket, if: condition)
        } else {
            let wanted = algorithm ?? source.info.checksum?.algorithm ?? .crc64nvme
            let body = try await call.objects.receive(for: draft.key, in: bucket, computing: [wanted])
            try await body.append(bytesOf: source, 0..<source.info.bytes)
            let digests = try await body.finish([[UInt8]]())
            info = try await call.objects.put(
                body, as: draft, checksum: digests[wanted].map { Checksum(wanted, ofWhole: $0) }, in: bucket,
                if: condition)
        }
        var answer = S3Answer.xml("CopyObjectResult") { writer in
            writer.element("LastModified", info.modifiedAt.iso8601)
            writer.element("ETag", info.quotedETag)
            info.checksum?.write(to: &writer)
        }
        answer.headers[.amzExpiration] = try await call.expiration(of: info)
        return answer
    }

    /// What the copy is put with: what the source has, or what the request says.
    private static func copied(_ source: ObjectInfo, _ call: S3Call) throws(AWSError) -> ObjectDraft {
        let said = try ObjectHeaders.draft(call)
        let replaces = try directive(call, .amzMetadataDirective)
        var draft = said
        if !replaces {
            draft = source.draft
            draft.key = said.key
            // The class is the copy's own.
            draft.headers["x-amz-storage-class"] = said.headers["x-amz-storage-class"]
        }
        draft.tags = try directive(call, .amzTaggingDirective) ? said.tags : source.tags
        let isOnItself = try CopySource(call).isFor(call.address)
        guard
            replaces || !isOnItself || said.headers["x-amz-storage-class"] != nil
                || call.headers[.amzChecksumAlgorithm] != nil
        else {
            throw .invalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."
            )
        }
        return draft
    }

    private static func directive(_ call: S3Call, _ name: HTTPField.Name) throws(AWSError) -> Bool {
        switch call.headers[name] ?? "COPY" {
        case "COPY": return false
        case "REPLACE": return true
        default: throw .invalidArgument("Unknown directive.", name.canonicalName, call.headers[name])
        }
    }
}

/// The object that a copy is made of: `/bucket/key`, percent-encoded.
struct CopySource {
    let bucket: String
    let key: String

    init(_ call: S3Call) throws(AWSError) {
        let text = call.headers[.amzCopySource] ?? ""
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard var path = PercentEncoding.decoded(parts[0])?[...] else { throw Self.malformed(text) }
        if path.hasPrefix("/") { path.removeFirst() }
        guard let slash = path.utf8.firstIndex(of: UInt8(ascii: "/")) else { throw Self.malformed(text) }
        bucket = String(path[..<slash])
        key = String(path[slash...].dropFirst())
        guard !bucket.isEmpty, !key.isEmpty else { throw Self.malformed(text) }
        if parts.count == 2, parts[1].hasPrefix("versionId="), parts[1] != "versionId=null" {
            throw .s3("NoSuchVersion", "The specified version does not exist.", status: 404)
        }
    }

    private static func malformed(_ text: String) -> AWSError {
        .invalidArgument(
            "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", "x-amz-copy-source", text)
    }

    func isFor(_ address: BucketAddress) -> Bool { address.bucket == bucket && address.key == key }

    func opened(_ call: S3Call) async throws -> any OpenObject {
        guard let source = try await call.objects.open(key, in: bucket) else { throw AWSError.noSuchKey(key) }
        guard try Conditions.check(call.headers, source.info, .copySource) else {
            throw AWSError.preconditionFailed("If-None-Match")
        }
        return source
    }
}
