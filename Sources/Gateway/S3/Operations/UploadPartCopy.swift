import HTTPTypes
import Objects
import SpeakModel
import XML

extension S3Operation {
    static let uploadPartCopy = S3Operation("UploadPartCopy") { call in
        let number = try call.partNumber()
        let upload = try await call.upload()
        let source = try await CopySource(call).opened(call)
        let range = try copiedRange(call.headers[.amzCopySourceRange], source.info.bytes)
        let bucket = try call.bucket
        let algorithm = upload.algorithm ?? .crc64nvme
        let body = try await call.objects.receive(for: upload.draft.key, in: bucket, computing: [algorithm])
        try await body.append(bytesOf: source, range)
        let digests = try await body.finish([[UInt8]]())
        let checksum = digests[algorithm].map { Checksum(algorithm, ofWhole: $0) }
        let part = try await call.objects.put(body, asPart: number, of: upload, checksum: checksum, in: bucket)
        return .xml("CopyPartResult") { writer in
            writer.element("LastModified", part.modifiedAt.iso8601)
            writer.element("ETag", "\"\(part.etag)\"")
            if upload.algorithm != nil { writer.element(algorithm.elementName, checksum?.text) }
        }
    }

    /// Unlike a reader, a copier must name bytes that are there.
    private static func copiedRange(_ header: String?, _ size: Int) throws(AWSError) -> Range<Int> {
        guard let header else { return 0..<size }
        guard case .bytes(let start, let end?) = RangeHeader.range(header) else {
            throw .invalidArgument(
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
                "x-amz-copy-source-range", header)
        }
        guard end < size else {
            throw .invalidArgument(
                "Range specified is not valid for source object of size: \(size)", "x-amz-copy-source-range", header)
        }
        return start..<(end + 1)
    }
}
