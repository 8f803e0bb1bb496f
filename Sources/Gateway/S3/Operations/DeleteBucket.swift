import Objects

extension S3Operation {
    static let deleteBucket = S3Operation("DeleteBucket") { call in
        try await call.objects.deleteBucket(try call.bucket)
        return .nothing
    }
}
