import HTTPTypes
import Objects
import XML

extension S3Operation {
    static let createBucket = S3Operation("CreateBucket") { call in
        let name = try call.bucket
        let bytes = try await call.payload.document()
        var region: String?
        if !bytes.isEmpty {
            // What is wrong with it is for its author to find; S3 says no more.
            guard let document = try? XMLElement(parsing: bytes), document.name == "CreateBucketConfiguration" else {
                throw AWSError.malformedXML
            }
            region = document.text("LocationConstraint")
        }
        if call.headers[.amzObjectLock]?.lowercased() == "true" { throw AWSError.notImplemented("object lock") }
        let isNew = try await call.objects.createBucket(name, settings: region.map { [Bucket.regionName: $0] } ?? [:])
        // As in us-east-1, whoever has the bucket may ask for it again.
        guard isNew || (region ?? Bucket.defaultRegion) == Bucket.defaultRegion else {
            throw AWSError.s3(
                "BucketAlreadyOwnedByYou",
                "Your previous request to create the named bucket succeeded and you already own it.", status: 409,
                ["BucketName": name])
        }
        return S3Answer(headers: [.location: "/\(name)"])
    }
}

extension Bucket {
    static let regionName = "region"
    static let defaultRegion = "us-east-1"

    /// Where its creator wanted it; all regions are one store.
    var region: String { settings[Self.regionName] ?? Self.defaultRegion }
}

extension HTTPField.Name {
    fileprivate static let amzObjectLock = Self("x-amz-bucket-object-lock-enabled") ?? .location
}
