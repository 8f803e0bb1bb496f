import Foundation
import HTTPTypes
import Objects
import Signing
import XML

extension S3Operation {
    static let completeMultipartUpload = S3Operation("CompleteMultipartUpload") { call in
        let document = try await call.document("CompleteMultipartUpload", checksummed: false)
        let (bucket, key) = (try call.bucket, try call.key)
        let upload: Upload
        do {
            upload = try await call.upload()
        } catch ObjectError.noSuchUpload {
            // Whoever got no answer asks again.
            let id = call.query["uploadId"] ?? ""
            guard let info = try await call.objects.completed(id, of: key, in: bucket) else {
                throw AWSError.noSuchUpload
            }
            return try await answer(info, call)
        }
        let condition = try Conditions.condition(call.headers)
        let named = try NamedPart.parts(in: document)
        let there = try await call.objects.parts(of: upload, after: 0, limit: 10_000, in: bucket)
        let parts = try NamedPart.chosen(named, there, upload)
        let checksum = try checksum(of: parts, upload, call)
        let size = parts.reduce(0) { $0 + $1.bytes }
        if let said = call.headers[.amzObjectSize].flatMap({ Int($0) }), said != size {
            throw AWSError.invalidRequest(
                "The provided 'x-amz-mp-object-size' header value \(said) does not match what was computed: \(size)")
        }
        var digests = BodyDigests()
        for part in parts { digests.update(Self.bytes(ofHexadecimal: part.etag)) }
        let etag = "\(digests.md5.hexadecimal)-\(parts.count)"
        let info = try await call.objects.complete(
            upload, parts: parts, etag: etag, checksum: checksum, in: bucket, if: condition)
        return try await answer(info, call)
    }

    private static func answer(_ info: ObjectInfo, _ call: S3Call) async throws -> S3Answer {
        let bucket = try call.bucket
        var answer = S3Answer.xml("CompleteMultipartUploadResult") { writer in
            writer.element("Location", "http://\(call.request.authority)\(call.request.path)")
            writer.element("Bucket", bucket)
            writer.element("Key", info.key)
            writer.element("ETag", info.quotedETag)
            info.checksum?.write(to: &writer)
        }
        answer.headers[.amzExpiration] = try await call.expiration(of: info)
        return answer
    }

    /// The object's checksum, from its parts'; what the request says of it is checked.
    private static func checksum(of parts: [UploadedPart], _ upload: Upload, _ call: S3Call) throws -> Checksum? {
        let algorithm = upload.algorithm ?? .crc64nvme
        var digested: [PartChecksums.Part] = []
        for part in parts {
            guard let checksum = part.checksum, checksum.algorithm == algorithm,
                let digest = Data(base64Encoded: checksum.text)
            else { return nil }
            digested.append(.init(digest: Array(digest), sizeInBytes: part.bytes))
        }
        let checksum: Checksum
        if upload.checksumType == .composite {
            let digest = Data(PartChecksums.composite(algorithm, digested)).base64EncodedString()
            checksum = Checksum(algorithm: algorithm, type: .composite, text: "\(digest)-\(parts.count)")
        } else {
            guard let digest = PartChecksums.whole(algorithm, digested) else { return nil }
            checksum = Checksum(algorithm, ofWhole: digest)
        }
        if let said = call.headers[algorithm.headerName], said != checksum.text,
            said != checksum.text.split(separator: "-").first.map(String.init)
        {
            throw AWSError.badDigest(algorithm.rawValue)
        }
        return checksum
    }

    private static func bytes(ofHexadecimal text: String) -> [UInt8] {
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

/// A part as a request names it.
struct NamedPart {
    /// Of every part but the last one.
    private static let fewestBytes = 5 << 20

    let number: Int
    let etag: String
    let checksums: [ChecksumAlgorithm: String]

    static func parts(in document: XMLElement) throws(AWSError) -> [NamedPart] {
        var parts: [NamedPart] = []
        for element in document.all("Part") {
            guard let number = element.text("PartNumber").flatMap({ Int($0) }), let etag = element.text("ETag") else {
                throw .malformedXML
            }
            var checksums: [ChecksumAlgorithm: String] = [:]
            for algorithm in ChecksumAlgorithm.allCases { checksums[algorithm] = element.text(algorithm.elementName) }
            parts.append(NamedPart(number: number, etag: Conditions.unquoted(etag[...]), checksums: checksums))
        }
        guard (1...10_000).contains(parts.count) else { throw .malformedXML }
        for (part, next) in zip(parts, parts.dropFirst()) where part.number >= next.number { throw .invalidPartOrder }
        return parts
    }

    /// The parts that are named, as they came.
    ///
    /// - Throws: `InvalidPart`, `EntityTooSmall`.
    static func chosen(
        _ named: [NamedPart], _ there: [UploadedPart], _ upload: Upload
    ) throws(AWSError) -> [UploadedPart] {
        let byNumber = Dictionary(uniqueKeysWithValues: there.map { ($0.number, $0) })
        var parts: [UploadedPart] = []
        for part in named {
            guard let found = byNumber[part.number], found.etag == part.etag,
                found.checksum.map({ $0.text == part.checksums[$0.algorithm] ?? $0.text }) ?? true
            else { throw .invalidPart(part.number) }
            parts.append(found)
        }
        for part in parts.dropLast() where part.bytes < fewestBytes {
            throw .s3(
                "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size",
                [
                    "ProposedSize": String(part.bytes), "MinSizeAllowed": String(fewestBytes),
                    "PartNumber": String(part.number), "ETag": part.etag,
                ])
        }
        return parts
    }
}
