import Objects

extension S3Operation {
    static let getObjectTagging = S3Operation("GetObjectTagging") { call in
        let key = try call.key
        guard let info = try await call.objects.head(key, in: try call.bucket) else { throw AWSError.noSuchKey(key) }
        return .xml("Tagging") { Tagging.write(info.tags, to: &$0) }
    }

    static let putObjectTagging = S3Operation("PutObjectTagging") { call in
        let tags = try Tagging.tags(in: try await call.document("Tagging"))
        try await call.objects.setTags(tags, of: try call.key, in: try call.bucket)
        return S3Answer()
    }

    static let deleteObjectTagging = S3Operation("DeleteObjectTagging") { call in
        try await call.objects.setTags([:], of: try call.key, in: try call.bucket)
        return .nothing
    }
}
