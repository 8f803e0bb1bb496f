import HTTPTypes
import Objects
import XML

extension S3Operation {
    static let createMultipartUpload = S3Operation("CreateMultipartUpload") { call in
        let draft = try ObjectHeaders.draft(call)
        let bucket = try call.bucket
        let algorithm = try ClaimedChecksum(call.headers)?.algorithm
        let said = call.headers[.amzChecksumType].map { ChecksumType(rawValue: $0.uppercased()) }
        if case .some(nil) = said {
            throw AWSError.invalidRequest("Value for x-amz-checksum-type header is invalid.")
        }
        // What nobody asked for is computed so that the object has a checksum of its whole.
        let type = (said ?? nil) ?? algorithm?.defaultType ?? .fullObject
        if let algorithm, !algorithm.allows(type) {
            throw AWSError.invalidRequest(
                "The \(type.rawValue) checksum type cannot be used with the \(algorithm.rawValue.lowercased()) checksum algorithm."
            )
        }
        let upload = try await call.objects.begin(draft, algorithm: algorithm, checksumType: type, in: bucket)
        var answer = S3Answer.xml("InitiateMultipartUploadResult") { writer in
            writer.element("Bucket", bucket)
            writer.element("Key", draft.key)
            writer.element("UploadId", upload.id)
        }
        if let algorithm {
            answer.headers[.amzChecksumAlgorithm] = algorithm.rawValue
            answer.headers[.amzChecksumType] = type.rawValue
        }
        return answer
    }
}

extension S3Call {
    /// The upload that the request names.
    func upload() async throws -> Upload {
        try await objects.upload(query["uploadId"] ?? "", of: try key, in: try bucket)
    }
}
