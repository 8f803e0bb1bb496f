import Foundation
package import Objects
import Signing
import SpeakModel
import Synchronization
import XML

/// S3's buckets.
package final class AWSObjectStore: ObjectStore {
    let s3: S3Client
    /// Buckets that were there when it was asked.
    private let seen = Mutex<Set<String>>([])

    init(_ client: ServiceClient) { s3 = S3Client(client: client) }

    package func createBucket(_ name: String) async throws {
        let name = try BucketName(name).description
        let region = s3.client.endpoints.region
        let place =
            "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>"
            + "\(region)</LocationConstraint></CreateBucketConfiguration>"
        do {
            // The first region has no name for itself.
            _ = try await s3.call(.createBucket, bucket: name, body: region == "us-east-1" ? [] : Array(place.utf8))
        } catch ServiceError.refused(_, "BucketAlreadyOwnedByYou", _, _) {}
    }

    @discardableResult
    package func put(
        _ bytes: [UInt8], at key: String, in bucket: String, contentType: String, metadata: [String: String]
    ) async throws -> ObjectInfo {
        let key = try ObjectKey(key)
        let answer = try await s3.call(
            .putObject, bucket: Self.existing(bucket), key: key,
            headers: ObjectHeaders.fields(contentType: contentType, metadata: metadata), body: bytes,
            timeout: Self.timeout(bytes: bytes.count))
        return ObjectInfo(
            key: key.text, bytes: bytes.count, contentType: contentType, metadata: metadata,
            etag: ObjectHeaders.etag(answer), modifiedAt: ObjectHeaders.modifiedAt(answer))
    }

    /// Time for a slow line, 250 kB a second, beside the usual.
    private static func timeout(bytes: Int) -> Duration { ServiceCall.usualTimeout + .seconds(bytes / 250_000) }

    /// Long enough for the longest recordings.
    private static let getTimeout = Duration.seconds(300)

    package func get(_ key: String, in bucket: String, range: Range<Int>?) async throws -> StoredObject {
        let key = try ObjectKey(key)
        let bucket = try Self.existing(bucket)
        var headers: [(name: String, value: String)] = []
        if let range {
            // S3 has no word for nothing.
            if range.isEmpty { return try await nothing(of: key, in: bucket, range) }
            headers.append(("Range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)"))
        }
        do {
            let answer = try await s3.call(
                .getObject, bucket: bucket, key: key, headers: headers, timeout: Self.getTimeout)
            return StoredObject(info: ObjectHeaders.info(answer, key: key), body: answer.body)
        } catch is S3Client.RangeRefused {
            return try await nothing(of: key, in: bucket, range)
        }
    }

    /// - Throws: ``ObjectError/rangeNotSatisfiable(size:)`` where the range does not even begin in the object.
    private func nothing(of key: ObjectKey, in bucket: String, _ range: Range<Int>?) async throws -> StoredObject {
        guard let info = try await head(key.text, in: bucket) else { throw ObjectError.noSuchObject(key.text) }
        _ = try ByteRange.cut(range, toSize: info.bytes)
        return StoredObject(info: info, body: [])
    }

    package func head(_ key: String, in bucket: String) async throws -> ObjectInfo? {
        let key = try ObjectKey(key)
        let bucket = try Self.existing(bucket)
        do {
            return ObjectHeaders.info(try await s3.call(.headObject, bucket: bucket, key: key), key: key)
        } catch ObjectError.noSuchObject {
            // The answer does not say whether the bucket is there, which is asked once: writers hear it when one goes.
            if !seen.withLock({ $0.contains(bucket) }) {
                _ = try await s3.call(.headBucket, bucket: bucket)
                seen.withLock { _ = $0.insert(bucket) }
            }
            return nil
        }
    }

    package func delete(_ key: String, in bucket: String) async throws {
        let key = try ObjectKey(key)
        do {
            _ = try await s3.call(.deleteObject, bucket: Self.existing(bucket), key: key)
        } catch ObjectError.noSuchObject {}
    }

    /// Looks at each object, then deletes it on the condition that it has the same bytes.
    ///
    /// One that was put again with equal bytes in between is lost; S3's own lifecycle rules are the better way there.
    package func delete(unchanged objects: [ObjectSummary], in bucket: String) async throws -> Int {
        var count = 0
        for object in objects where try await head(object.key, in: bucket)?.summary == object {
            do {
                _ = try await s3.call(
                    .deleteObject, bucket: Self.existing(bucket), key: ObjectKey(object.key),
                    headers: [("If-Match", "\"\(object.etag)\"")])
                count += 1
            } catch ObjectError.noSuchObject {} catch ObjectError.preconditionFailed {}
        }
        return count
    }

    package func list(prefix: String, after: String?, limit: Int, in bucket: String) async throws -> [ObjectSummary] {
        let bucket = try Self.existing(bucket)
        var found: [ObjectSummary] = []
        var token: String?
        repeat {
            guard found.count < limit else { break }
            var query: [(name: String, value: String)] = [
                ("list-type", "2"), ("encoding-type", "url"), ("max-keys", "\(min(1000, limit - found.count))"),
            ]
            if !prefix.isEmpty { query.append(("prefix", prefix)) }
            if let after, !after.isEmpty { query.append(("start-after", after)) }
            if let token { query.append(("continuation-token", token)) }
            let page = try ObjectPage(try await s3.call(.listObjects, bucket: bucket, query: query))
            found += page.objects
            token = page.token
        } while token != nil
        if limit <= 0 { _ = try await s3.call(.headBucket, bucket: bucket) }
        return found
    }

    /// A name that no bucket can have is the name of none.
    private static func existing(_ bucket: String) throws -> String {
        do { return try BucketName(bucket).description } catch { throw ObjectError.noSuchBucket(bucket) }
    }
}

/// An answer of ListObjectsV2.
struct ObjectPage {
    let objects: [ObjectSummary]
    /// Where the next page begins; `nil` on the last one.
    let token: String?

    init(_ answer: TransportAnswer) throws {
        let tree: XMLElement
        do { tree = try XMLElement(parsing: answer.body) } catch {
            throw ServiceError.unreadable(service: Service.s3.name, reason: error.description)
        }
        token = tree.text("IsTruncated") == "true" ? tree.text("NextContinuationToken") : nil
        objects = try tree.all("Contents").map { content in
            let encoded = (content.text("Key") ?? "").replacing("+", with: " ")
            guard let key = tree.text("EncodingType") == "url" ? encoded.removingPercentEncoding : content.text("Key")
            else { throw ServiceError.unreadable(service: Service.s3.name, reason: "a key is not UTF-8.") }
            return ObjectSummary(
                key: key, bytes: content.text("Size").flatMap { Int($0) } ?? 0,
                etag: ObjectHeaders.unquoted(content.text("ETag") ?? ""),
                modifiedAt: content.text("LastModified").flatMap(Timestamp.init(iso8601:))
                    ?? Timestamp(milliseconds: 0))
        }
    }
}
