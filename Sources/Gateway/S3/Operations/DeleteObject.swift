import Objects

extension S3Operation {
    static let deleteObject = S3Operation("DeleteObject") { call in
        try call.checkVersion()
        try await call.objects.delete(try call.key, in: try call.bucket, if: try Conditions.condition(call.headers))
        return .nothing
    }
}
