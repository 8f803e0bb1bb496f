import HTTPTypes
import Objects

extension S3Operation {
    static let uploadPart = S3Operation("UploadPart") { call in
        let number = try call.partNumber()
        let upload = try await call.upload()
        if let claimed = try ClaimedChecksum(call.headers), let algorithm = upload.algorithm,
            claimed.algorithm != algorithm
        {
            throw AWSError.invalidRequest(
                "Checksum Type mismatch occurred, expected checksum Type: \(algorithm.rawValue.lowercased()), actual checksum Type: \(claimed.algorithm.rawValue.lowercased())"
            )
        }
        let bucket = try call.bucket
        let received = try await call.payload.receive(
            for: upload.draft.key, in: bucket, of: call.objects, upload.algorithm ?? .crc64nvme)
        let part = try await call.objects.put(
            received.body, asPart: number, of: upload, checksum: received.checksum, in: bucket)
        var answer = S3Answer(headers: [.eTag: "\"\(part.etag)\""])
        if upload.algorithm != nil || call.headers[received.checksum.algorithm.headerName] != nil,
            let checksum = part.checksum
        {
            answer.headers[checksum.algorithm.headerName] = checksum.text
        }
        return answer
    }
}
