import Foundation
import Objects
import Signing
import SpeakModel
import XML

extension S3Operation {
    static let listObjects = S3Operation("ListObjects") { call in
        let page = try await ListedPage(call, after: call.query["marker"])
        return .xml("ListBucketResult") { writer in
            writer.element("Name", call.address.bucket)
            page.writeHead(to: &writer)
            writer.element("Marker", page.encoded(call.query["marker"] ?? ""))
            if page.listing.isTruncated, !page.delimiter.isEmpty {
                writer.element("NextMarker", page.listing.entries.last.map { page.encoded($0.name) })
            }
            page.writeEntries(to: &writer, withOwner: true)
        }
    }

    static let listObjectsV2 = S3Operation("ListObjectsV2") { call in
        let token = call.query["continuation-token"]
        var after = call.query["start-after"]
        if let token {
            guard let bytes = Data(base64Encoded: token), let name = String(validating: bytes, as: UTF8.self),
                !name.isEmpty
            else {
                throw AWSError.invalidArgument("The continuation token provided is incorrect", "continuation-token")
            }
            after = name
        }
        let page = try await ListedPage(call, after: after)
        return .xml("ListBucketResult") { writer in
            writer.element("Name", call.address.bucket)
            page.writeHead(to: &writer)
            writer.element("StartAfter", call.query["start-after"].map(page.encoded))
            writer.element("ContinuationToken", token)
            if page.listing.isTruncated, let last = page.listing.entries.last {
                writer.element("NextContinuationToken", Data(last.name.utf8).base64EncodedString())
            }
            writer.element("KeyCount", page.listing.entries.count)
            page.writeEntries(to: &writer, withOwner: call.query["fetch-owner"] == "true")
        }
    }

    /// Every object has one version, which is the latest.
    static let listObjectVersions = S3Operation("ListObjectVersions") { call in
        let page = try await ListedPage(call, after: call.query["key-marker"])
        return .xml("ListVersionsResult") { writer in
            writer.element("Name", call.address.bucket)
            page.writeHead(to: &writer)
            writer.element("KeyMarker", page.encoded(call.query["key-marker"] ?? ""))
            writer.element("VersionIdMarker", call.query["version-id-marker"] ?? "")
            if page.listing.isTruncated {
                writer.element("NextKeyMarker", page.listing.entries.last.map { page.encoded($0.name) })
                writer.element("NextVersionIdMarker", "null")
            }
            page.writeEntries(to: &writer, withOwner: true, asVersions: true)
        }
    }
}

/// A page of a listing, and how its request wants it written.
struct ListedPage {
    let listing: ObjectListing
    let delimiter: String
    private let prefix: String
    private let most: Int
    private let isURLEncoded: Bool

    init(_ call: S3Call, after: String?) async throws {
        let bucket = try call.bucket
        _ = try await call.objects.bucket(named: bucket)
        let encoding = call.query["encoding-type"] ?? ""
        guard encoding.isEmpty || encoding == "url" else {
            throw AWSError.invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encoding)
        }
        isURLEncoded = encoding == "url"
        prefix = call.query["prefix"] ?? ""
        delimiter = call.query["delimiter"] ?? ""
        let most = try call.number("max-keys", in: 0...1000) ?? 1000
        self.most = most
        let objects = call.objects
        listing = try await ObjectListing(
            prefix: prefix, delimiter: delimiter, after: after == "" ? nil : after, limit: most
        ) { try await objects.list(in: $0, limit: $1, of: bucket) }
    }

    func encoded(_ name: String) -> String {
        isURLEncoded ? PercentEncoding.encoded(name, keepingSlashes: true) : name
    }

    func writeHead(to writer: inout XMLWriter) {
        writer.element("Prefix", encoded(prefix))
        if !delimiter.isEmpty { writer.element("Delimiter", encoded(delimiter)) }
        writer.element("MaxKeys", most)
        if isURLEncoded { writer.element("EncodingType", "url") }
        writer.element("IsTruncated", listing.isTruncated)
    }

    func writeEntries(to writer: inout XMLWriter, withOwner: Bool, asVersions: Bool = false) {
        for case .object(let info) in listing.entries {
            writer.element(asVersions ? "Version" : "Contents") { writer in
                writer.element("Key", encoded(info.key))
                if asVersions {
                    writer.element("VersionId", "null")
                    writer.element("IsLatest", true)
                }
                writer.element("LastModified", info.modifiedAt.iso8601)
                writer.element("ETag", info.quotedETag)
                if let checksum = info.checksum {
                    writer.element("ChecksumAlgorithm", checksum.algorithm.rawValue)
                    writer.element("ChecksumType", checksum.type.rawValue)
                }
                writer.element("Size", info.bytes)
                if withOwner { S3Call.writeOwner(to: &writer) }
                writer.element("StorageClass", info.storageClass)
            }
        }
        for case .prefix(let prefix) in listing.entries {
            writer.element("CommonPrefixes") { $0.element("Prefix", encoded(prefix)) }
        }
    }
}
