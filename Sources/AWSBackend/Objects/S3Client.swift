import Objects
import Signing

/// S3's requests, with its errors in the words of objects.
///
/// Source: Amazon S3 API Reference.
struct S3Client: Sendable {
    let client: ServiceClient

    /// What is asked of S3, by S3's names.
    enum Operation: String {
        case createBucket = "CreateBucket"
        case headBucket = "HeadBucket"
        case listObjects = "ListObjectsV2"
        case getLifecycle = "GetBucketLifecycleConfiguration"
        case putLifecycle = "PutBucketLifecycleConfiguration"
        case getObject = "GetObject"
        case headObject = "HeadObject"
        case putObject = "PutObject"
        case deleteObject = "DeleteObject"

        var method: String {
            switch self {
            case .listObjects, .getLifecycle, .getObject: "GET"
            case .headBucket, .headObject: "HEAD"
            case .createBucket, .putLifecycle, .putObject: "PUT"
            case .deleteObject: "DELETE"
            }
        }
    }

    /// - Parameter key: What the request is about in the bucket; the bucket itself when `nil`.
    func call(
        _ operation: Operation, bucket: String, key: ObjectKey? = nil, query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        timeout: Duration = ServiceCall.usualTimeout
    ) async throws -> TransportAnswer {
        // A name with dots has no certificate at AWS, so it stands in the path; others stand before the host.
        let isInHost = client.endpoints[.s3].isAWS && !bucket.contains(".")
        let path = (isInHost ? "" : "/" + bucket) + "/" + PercentEncoding.encoded(key?.text ?? "", keepingSlashes: true)
        let request = ServiceRequest(
            operation.method, path: isInHost || key != nil ? path : "/" + bucket, query: query, headers: headers,
            body: body)
        var call = ServiceCall(.s3, operation.rawValue, request, isRepeatable: true, timeout: timeout)
        call.hostPrefix = isInHost ? bucket : nil
        do {
            return try await client.send(call)
        } catch let fault as ServiceFault {
            throw Self.error(fault, bucket: bucket, key: key)
        } catch let error as ServiceError {
            throw error.isTransient
                ? ObjectError.unavailable(reason: error.description) : Self.refusal(error, key: key)
        }
    }

    private static func error(_ fault: ServiceFault, bucket: String, key: ObjectKey?) -> any Error {
        switch fault.code {
        case "NoSuchBucket": ObjectError.noSuchBucket(bucket)
        case "NoSuchKey": ObjectError.noSuchObject(key?.text ?? "")
        // A HEAD's answer has no body to say which.
        case "404": key.map { ObjectError.noSuchObject($0.text) } ?? ObjectError.noSuchBucket(bucket)
        case "InvalidBucketName": ObjectError.badBucketName(bucket)
        case "KeyTooLongError": ObjectError.badKey(key?.text ?? "", reason: "S3 takes no more than 1024 bytes.")
        case "InvalidRange", "416": RangeRefused()
        case "PreconditionFailed", "412": ObjectError.preconditionFailed
        default: refusal(fault.error(.s3), key: key)
        }
    }

    /// Without the right to list a bucket, an object that is not there is forbidden too: no more is known than that this
    /// one cannot be had.
    private static func refusal(_ error: ServiceError, key: ObjectKey?) -> any Error {
        guard let key else { return error }
        switch error {
        case .forbidden, .refused: return ObjectError.refused(key.text, reason: error.description)
        default: return error
        }
    }

    /// The range starts behind the object's end; where that is must be asked for.
    struct RangeRefused: Error {}
}
