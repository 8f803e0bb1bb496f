import HTTPTypes
import Objects

extension S3Operation {
    static let headBucket = S3Operation("HeadBucket") { call in
        let bucket = try await call.objects.bucket(named: try call.bucket)
        return S3Answer(headers: [.amzBucketRegion: bucket.region, .contentType: "application/xml"])
    }
}
