import Foundation
import GRDB
import JSON
import Objects
import SpeakModel

extension EmbeddedObjectStore {
    /// One row of `objects`.
    struct ObjectRow: Sendable {
        let bucket: BucketName
        let info: ObjectInfo
        let body: BodyName

        init(bucket: BucketName, info: ObjectInfo, body: BodyName) {
            self.bucket = bucket
            self.info = info
            self.body = body
        }

        /// - Throws: ``ObjectError/unavailable(reason:)`` for a row that this program has not written.
        init(_ row: Row) throws {
            let key = String(decoding: row["key"] as Data, as: UTF8.self)
            guard let body = BodyName(path: row["body"]) else {
                throw ObjectError.unavailable(reason: "the row of \(key.debugDescription) names no file of this store.")
            }
            bucket = try BucketName(row["bucket"])
            self.body = body
            info = ObjectInfo(
                key: key, bytes: row["size"], contentType: row["content_type"],
                metadata: try Self.metadata(fromJSON: row["metadata"]), etag: row["etag"],
                modifiedAt: Timestamp(milliseconds: row["modified_at"]))
        }

        var metadataJSON: String { JSONValue.object(info.metadata.mapValues { .string($0) }).text }

        private static func metadata(fromJSON text: String) throws -> [String: String] {
            try JSONValue(parsing: text).object?.compactMapValues(\.string) ?? [:]
        }
    }
}
