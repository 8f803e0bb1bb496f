import Objects

extension S3Operation {
    static let abortMultipartUpload = S3Operation("AbortMultipartUpload") { call in
        try await call.objects.abort(try await call.upload(), in: try call.bucket)
        return .nothing
    }
}
