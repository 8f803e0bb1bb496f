import Objects
import SpeakModel
import XML

extension S3Operation {
    static let listParts = S3Operation("ListParts") { call in
        let upload = try await call.upload()
        let most = try call.number("max-parts", in: 0...1000) ?? 1000
        let marker = try call.number("part-number-marker", in: 0...10_000) ?? 0
        let bucket = try call.bucket
        let parts = try await call.objects.parts(of: upload, after: marker, limit: most + 1, in: bucket)
        let shown = parts.prefix(most)
        return .xml("ListPartsResult") { writer in
            writer.element("Bucket", bucket)
            writer.element("Key", upload.draft.key)
            writer.element("UploadId", upload.id)
            S3Call.writeOwner("Initiator", to: &writer)
            S3Call.writeOwner(to: &writer)
            writer.element("StorageClass", upload.draft.headers["x-amz-storage-class"] ?? "STANDARD")
            writer.element("PartNumberMarker", marker)
            writer.element("NextPartNumberMarker", shown.last?.number ?? 0)
            writer.element("MaxParts", most)
            writer.element("IsTruncated", parts.count > most)
            if let algorithm = upload.algorithm {
                writer.element("ChecksumAlgorithm", algorithm.rawValue)
                writer.element("ChecksumType", upload.checksumType.rawValue)
            }
            for part in shown {
                writer.element("Part") { writer in
                    writer.element("PartNumber", part.number)
                    writer.element("LastModified", part.modifiedAt.iso8601)
                    writer.element("ETag", "\"\(part.etag)\"")
                    writer.element("Size", part.bytes)
                    if upload.algorithm != nil, let checksum = part.checksum {
                        writer.element(checksum.algorithm.elementName, checksum.text)
                    }
                }
            }
        }
    }
}
