import Objects
import SpeakModel
import XML

extension S3Operation {
    static let listBuckets = S3Operation("ListBuckets") { call in
        let prefix = call.query["prefix"] ?? ""
        let most = try call.number("max-buckets", in: 1...10_000) ?? 10_000
        let after = call.query["continuation-token"] ?? ""
        let buckets = try await call.objects.buckets().filter {
            $0.name.description.hasPrefix(prefix) && $0.name.description > after
        }
        return .xml("ListAllMyBucketsResult") { writer in
            S3Call.writeOwner(to: &writer)
            writer.element("Buckets") { writer in
                for bucket in buckets.prefix(most) {
                    writer.element("Bucket") {
                        $0.element("Name", bucket.name.description)
                        $0.element("CreationDate", bucket.createdAt.iso8601)
                        $0.element("BucketRegion", bucket.region)
                    }
                }
            }
            if buckets.count > most { writer.element("ContinuationToken", buckets[most - 1].name.description) }
            writer.element("Prefix", call.query["prefix"])
        }
    }
}
