import HTTPTypes
import Objects
import XML

extension S3Operation {
    static let getObjectAttributes = S3Operation("GetObjectAttributes") { call in
        try call.checkVersion()
        let key = try call.key
        guard let object = try await call.objects.open(key, in: try call.bucket) else { throw AWSError.noSuchKey(key) }
        let wanted = Set(
            call.headers[values: .amzObjectAttributes].flatMap { $0.split(separator: ",") }
                .map { String($0.drop { $0 == " " }) })
        guard !wanted.isEmpty else {
            throw AWSError.invalidArgument(
                "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty",
                "x-amz-object-attributes")
        }
        let known: Set = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"]
        guard wanted.isSubset(of: known) else {
            throw AWSError.invalidArgument("Invalid attribute name specified.", "x-amz-object-attributes")
        }
        let info = object.info
        let most = min(call.headers[.amzMaxParts].flatMap { Int($0) } ?? 1000, 1000)
        let marker = call.headers[.amzPartNumberMarker].flatMap { Int($0) } ?? 0
        var answer = S3Answer.xml("GetObjectAttributesResponse") { writer in
            if wanted.contains("ETag") { writer.element("ETag", info.etag) }
            if wanted.contains("Checksum"), let checksum = info.checksum {
                writer.element("Checksum") { checksum.write(to: &$0) }
            }
            if wanted.contains("ObjectParts"), info.partCount != nil {
                writer.element("ObjectParts") { write(object.parts, most, marker, to: &$0) }
            }
            if wanted.contains("StorageClass") { writer.element("StorageClass", info.storageClass) }
            if wanted.contains("ObjectSize") { writer.element("ObjectSize", info.bytes) }
        }
        answer.headers[.lastModified] = HTTPDate.text(info.modifiedAt)
        return answer
    }

    private static func write(_ parts: [UploadedPart], _ most: Int, _ marker: Int, to writer: inout XMLWriter) {
        writer.element("PartsCount", parts.count)
        // Without checksums S3 only counts them.
        let shown = parts.filter { $0.number > marker && $0.checksum != nil }
        writer.element("PartNumberMarker", marker)
        writer.element("MaxParts", most)
        writer.element("IsTruncated", shown.count > most)
        if shown.count > most { writer.element("NextPartNumberMarker", shown[most - 1].number) }
        for part in shown.prefix(most) {
            writer.element("Part") { writer in
                writer.element("PartNumber", part.number)
                writer.element("Size", part.bytes)
                if let checksum = part.checksum { writer.element(checksum.algorithm.elementName, checksum.text) }
            }
        }
    }
}
