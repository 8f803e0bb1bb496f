import Foundation
import HTTPTypes
import JSON
import Objects
import SpeakModel
import XML

/// One request to S3: what it is for, and what it may be done with.
struct S3Call: Sendable {
    let request: WireRequest
    let address: BucketAddress
    let query: CanonicalQuery
    let payload: RequestPayload
    let objects: any ObjectService
    let now: Timestamp

    var headers: HTTPFields { request.headers }

    /// - Throws: `MethodNotAllowed` for a request without a bucket.
    var bucket: String {
        get throws(AWSError) {
            guard let bucket = address.bucket else { throw .methodNotAllowed }
            return bucket
        }
    }

    var key: String {
        get throws(AWSError) {
            guard let key = address.key else { throw .methodNotAllowed }
            return key
        }
    }

    func isAsked(_ name: String) -> Bool { query[name] != nil }

    /// A parameter that is a number in a range.
    func number(_ name: String, in range: ClosedRange<Int>) throws(AWSError) -> Int? {
        guard let text = query[name], !text.isEmpty else { return nil }
        guard let number = Int(text) else {
            throw .invalidArgument("Provided \(name) not an integer or within integer range", name, text)
        }
        guard number >= range.lowerBound else {
            throw .invalidArgument(
                "Argument \(name) must be an integer between \(range.lowerBound) and \(range.upperBound)", name, text)
        }
        return min(number, range.upperBound)
    }

    /// The number of a part that is put or copied.
    func partNumber() throws(AWSError) -> Int {
        guard let text = query["partNumber"], let number = Int(text), (1...10_000).contains(number) else {
            throw .invalidArgument(
                "Part number must be an integer between 1 and 10000, inclusive", "partNumber", query["partNumber"])
        }
        return number
    }

    /// A document that the body must be, with this root.
    func document(_ name: String, checksummed: Bool = true) async throws -> XMLElement {
        let bytes = try await payload.document(checksummed: checksummed)
        // What is wrong with it is for its author to find; S3 says no more.
        guard let root = try? XMLElement(parsing: bytes), root.name == name else { throw AWSError.malformedXML }
        return root
    }

    /// There is one version of every object, the one that is named `null`.
    func checkVersion() throws(AWSError) {
        guard let version = query["versionId"], version != "null" else { return }
        throw .s3("NoSuchVersion", "The specified version does not exist.", status: 404, ["VersionId": version])
    }

    static let owner = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"

    static func writeOwner(_ name: String = "Owner", to writer: inout XMLWriter) {
        writer.element(name) {
            $0.element("ID", owner)
            $0.element("DisplayName", "speaktracker")
        }
    }
}
