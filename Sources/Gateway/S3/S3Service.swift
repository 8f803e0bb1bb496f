import HTTPTypes

/// Amazon S3, version 2006-03-01 of its interface: which operation a request asks for.
enum S3Service {
    /// - Throws: `NotImplemented`, `MethodNotAllowed`.
    static func operation(for call: S3Call) throws(AWSError) -> S3Operation {
        let found: S3Operation? =
            if call.address.key != nil {
                try objectOperation(call)
            } else if call.address.bucket != nil {
                try bucketOperation(call)
            } else {
                call.request.method == .get ? .listBuckets : nil
            }
        guard let found else { throw .methodNotAllowed }
        return found
    }

    private static func objectOperation(_ call: S3Call) throws(AWSError) -> S3Operation? {
        for name in missingOfObjects where call.isAsked(name) { throw .notImplemented(name) }
        let isCopy = call.headers[.amzCopySource] != nil
        switch call.request.method {
        case .get:
            if call.isAsked("uploadId") { return .listParts }
            if call.isAsked("tagging") { return .getObjectTagging }
            if call.isAsked("acl") { return .getObjectACL }
            if call.isAsked("attributes") { return .getObjectAttributes }
            return .getObject
        case .head: return .headObject
        case .put:
            if call.isAsked("uploadId") { return isCopy ? .uploadPartCopy : .uploadPart }
            if call.isAsked("tagging") { return .putObjectTagging }
            if call.isAsked("acl") { return .putObjectACL }
            return isCopy ? .copyObject : .putObject
        case .post:
            if call.isAsked("uploads") { return .createMultipartUpload }
            if call.isAsked("uploadId") { return .completeMultipartUpload }
            return nil
        case .delete:
            if call.isAsked("uploadId") { return .abortMultipartUpload }
            if call.isAsked("tagging") { return .deleteObjectTagging }
            return .deleteObject
        default: return nil
        }
    }

    private static func bucketOperation(_ call: S3Call) throws(AWSError) -> S3Operation? {
        for name in missingOfBuckets where call.isAsked(name) { throw .notImplemented(name) }
        for setting in BucketSetting.all where call.isAsked(setting.parameter) {
            switch call.request.method {
            case .get: return setting.get
            case .put: return setting.put
            case .delete: return setting.delete
            default: return nil
            }
        }
        switch call.request.method {
        case .get:
            for (parameter, operation) in readings where call.isAsked(parameter) { return operation }
            return call.query["list-type"] == "2" ? .listObjectsV2 : .listObjects
        case .head: return .headBucket
        case .put: return call.isAsked("acl") ? .putBucketACL : .createBucket
        case .post:
            if call.isAsked("delete") { return .deleteObjects }
            throw .notImplemented("uploads by POST and HTML forms")
        case .delete: return .deleteBucket
        default: return nil
        }
    }

    private static let readings: [(String, S3Operation)] = [
        ("location", .getBucketLocation), ("uploads", .listMultipartUploads), ("versions", .listObjectVersions),
        ("acl", .getBucketACL), ("policyStatus", .getBucketPolicyStatus),
    ]

    private static let missingOfObjects = ["torrent", "retention", "legal-hold", "select", "restore", "renameObject"]
    private static let missingOfBuckets = [
        "analytics", "intelligent-tiering", "inventory", "metrics", "metadataTable", "metadataConfiguration", "session",
    ]
}
