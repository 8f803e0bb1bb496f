import HTTPTypes
import Objects
import XML

/// There are no access control lists: whoever has a key owns everything, and the answers say so.
extension S3Operation {
    static let getBucketACL = S3Operation("GetBucketAcl") { call in
        _ = try await call.objects.bucket(named: try call.bucket)
        return ownersACL
    }

    static let getObjectACL = S3Operation("GetObjectAcl") { call in
        let key = try call.key
        guard try await call.objects.head(key, in: try call.bucket) != nil else { throw AWSError.noSuchKey(key) }
        return ownersACL
    }

    /// `private`, which is how it is, may be said.
    static let putBucketACL = S3Operation("PutBucketAcl") { call in
        _ = try await call.objects.bucket(named: try call.bucket)
        return try accepted(call)
    }

    static let putObjectACL = S3Operation("PutObjectAcl") { call in
        let key = try call.key
        guard try await call.objects.head(key, in: try call.bucket) != nil else { throw AWSError.noSuchKey(key) }
        return try accepted(call)
    }

    private static func accepted(_ call: S3Call) throws(AWSError) -> S3Answer {
        let canned = call.headers[.amzACL] ?? "private"
        guard ["private", "bucket-owner-full-control", "bucket-owner-read"].contains(canned) else {
            throw .s3("AccessControlListNotSupported", "The bucket does not allow ACLs")
        }
        return S3Answer()
    }

    private static let canonicalUser: KeyValuePairs = [
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "xsi:type": "CanonicalUser",
    ]

    private static let ownersACL = S3Answer.xml("AccessControlPolicy") { writer in
        S3Call.writeOwner(to: &writer)
        writer.element("AccessControlList") { writer in
            writer.element("Grant") { writer in
                writer.element("Grantee", attributes: Self.canonicalUser) { writer in
                    writer.element("ID", S3Call.owner)
                    writer.element("DisplayName", "speaktracker")
                }
                writer.element("Permission", "FULL_CONTROL")
            }
        }
    }
}

extension HTTPField.Name {
    fileprivate static let amzACL = Self("x-amz-acl") ?? .accept
}
