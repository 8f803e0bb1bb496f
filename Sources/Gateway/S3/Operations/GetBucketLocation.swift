import Objects
import XML

extension S3Operation {
    static let getBucketLocation = S3Operation("GetBucketLocation") { call in
        let bucket = try await call.objects.bucket(named: try call.bucket)
        var writer = XMLWriter()
        let region = bucket.region
        writer.root("LocationConstraint") { if region != Bucket.defaultRegion { $0.content(region) } }
        return .document(writer.text)
    }
}
