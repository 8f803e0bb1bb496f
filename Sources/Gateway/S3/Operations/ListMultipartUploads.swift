import Objects
import Signing
import SpeakModel
import XML

extension S3Operation {
    static let listMultipartUploads = S3Operation("ListMultipartUploads") { call in
        let bucket = try call.bucket
        let most = try call.number("max-uploads", in: 0...1000) ?? 1000
        let prefix = call.query["prefix"] ?? ""
        let delimiter = call.query["delimiter"] ?? ""
        let isURLEncoded = call.query["encoding-type"] == "url"
        func encoded(_ name: String) -> String {
            isURLEncoded ? PercentEncoding.encoded(name, keepingSlashes: true) : name
        }
        var page = UploadPage(most: most)
        try await page.read(
            call.objects, bucket, prefix: prefix, delimiter: delimiter, keyMarker: call.query["key-marker"] ?? "",
            idMarker: call.query["upload-id-marker"])
        return .xml("ListMultipartUploadsResult") { writer in
            writer.element("Bucket", bucket)
            writer.element("KeyMarker", encoded(call.query["key-marker"] ?? ""))
            writer.element("UploadIdMarker", call.query["upload-id-marker"] ?? "")
            if page.isTruncated {
                writer.element("NextKeyMarker", encoded(page.last.key))
                writer.element("NextUploadIdMarker", page.last.id)
            }
            writer.element("Prefix", encoded(prefix))
            if !delimiter.isEmpty { writer.element("Delimiter", encoded(delimiter)) }
            if isURLEncoded { writer.element("EncodingType", "url") }
            writer.element("MaxUploads", most)
            writer.element("IsTruncated", page.isTruncated)
            for upload in page.uploads {
                writer.element("Upload") { writer in
                    writer.element("Key", encoded(upload.draft.key))
                    writer.element("UploadId", upload.id)
                    S3Call.writeOwner("Initiator", to: &writer)
                    S3Call.writeOwner(to: &writer)
                    writer.element("StorageClass", upload.draft.headers["x-amz-storage-class"] ?? "STANDARD")
                    writer.element("Initiated", upload.startedAt.iso8601)
                    if let algorithm = upload.algorithm {
                        writer.element("ChecksumAlgorithm", algorithm.rawValue)
                        writer.element("ChecksumType", upload.checksumType.rawValue)
                    }
                }
            }
            for prefix in page.prefixes { writer.element("CommonPrefixes") { $0.element("Prefix", encoded(prefix)) } }
        }
    }
}

/// Uploads that nobody has ended, and the common prefixes of those that are rolled up.
private struct UploadPage {
    let most: Int
    var uploads: [Upload] = []
    var prefixes: [String] = []
    var isTruncated = false
    /// Where the next page begins.
    var last = (key: "", id: "")

    init(most: Int) { self.most = most }

    mutating func read(
        _ objects: any ObjectService, _ bucket: String, prefix: String, delimiter: String, keyMarker: String,
        idMarker: String?
    ) async throws {
        // Behind the marker's key, or behind an upload of that key.
        let isWithin = idMarker?.isEmpty == false && !keyMarker.isEmpty
        var range = ObjectKeyRange(prefix: prefix, after: keyMarker.isEmpty ? nil : keyMarker)
        var id = isWithin ? idMarker : nil
        while true {
            let found = try await objects.uploads(in: range, after: id, limit: most + 1, of: bucket)
            for upload in found {
                let key = upload.draft.key
                let common = ObjectListing.commonPrefix(of: key, prefix: prefix, delimiter: delimiter)
                if let common, common == prefixes.last || (!keyMarker.isEmpty && common == keyMarker) { continue }
                guard uploads.count + prefixes.count < most else {
                    isTruncated = true
                    return
                }
                if let common { prefixes.append(common) } else { uploads.append(upload) }
                last = (common ?? key, common == nil ? upload.id : "")
            }
            guard found.count > most, let end = found.last else { return }
            (range, id) = (ObjectKeyRange(prefix: prefix, after: end.draft.key), end.id)
        }
    }
}
