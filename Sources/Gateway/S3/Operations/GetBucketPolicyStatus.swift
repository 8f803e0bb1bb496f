import Objects
import XML

extension S3Operation {
    static let getBucketPolicyStatus = S3Operation("GetBucketPolicyStatus") { call in
        let bucket = try await call.objects.bucket(named: try call.bucket)
        guard let policy = bucket.settings[BucketSetting.policy.parameter] else {
            throw AWSError.s3("NoSuchBucketPolicy", "The bucket policy does not exist", status: 404)
        }
        return .xml("PolicyStatus") { $0.element("IsPublic", BucketPolicy.isPublic(policy)) }
    }
}
