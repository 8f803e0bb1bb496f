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
        /// The upload whose parts are the body, where it is in parts.
        let upload: String?
        /// A small body, which has no file.
        ///
        /// Lists do not read it.
        let bytes: [UInt8]?

        init(
            bucket: BucketName, info: ObjectInfo, body: BodyName, upload: String? = nil, bytes: [UInt8]? = nil
        ) {
            self.bucket = bucket
            self.info = info
            self.body = body
            self.upload = upload
            self.bytes = bytes
        }

        /// - Throws: ``ObjectError/unavailable(reason:)`` for a row that this program has not written.
        init(_ row: Row) throws {
            let key = String(decoding: row["key"] as Data, as: UTF8.self)
            guard let body = BodyName(path: row["body"]) else {
                throw ObjectError.unavailable(reason: "the row of \(key.debugDescription) names no file of this store.")
            }
            bucket = try BucketName(row["bucket"])
            self.body = body
            upload = row["upload"]
            bytes = nil
            let etag: String = row["etag"]
            info = ObjectInfo(
                key: key, bytes: row["size"], contentType: row["content_type"],
                metadata: try StringMap.values(row["metadata"]), headers: try StringMap.values(row["headers"]),
                tags: try StringMap.values(row["tags"]), etag: etag, checksum: Checksum(column: row["checksum"]),
                modifiedAt: Timestamp(milliseconds: row["modified_at"]), partCount: Self.partCount(etag))
        }

        /// What the columns of ``columns`` say, in their order.
        init(_ row: PreparedStatement, key: ObjectKey, in bucket: BucketName) throws {
            guard let body = row.text(7).flatMap(BodyName.init(path:)) else {
                throw ObjectError.unavailable(
                    reason: "the row of \(key.text.debugDescription) names no file of this store.")
            }
            self.bucket = bucket
            self.body = body
            upload = row.text(8)
            bytes = row.isNull(10) ? nil : row.bytes(10)
            let etag = row.text(1) ?? ""
            info = ObjectInfo(
                key: key.text, bytes: Int(row.integer(0)), contentType: row.text(2) ?? "",
                metadata: try StringMap.values(row.text(3)), headers: try StringMap.values(row.text(4)),
                tags: try StringMap.values(row.text(5)), etag: etag, checksum: Checksum(column: row.text(6)),
                modifiedAt: Timestamp(milliseconds: row.integer(9)), partCount: Self.partCount(etag))
        }

        static let columns =
            "size, etag, content_type, metadata, headers, tags, checksum, body, upload, modified_at, bytes"
        static let columnsOfLists =
            "bucket, key, size, etag, content_type, metadata, headers, tags, checksum, body, upload, modified_at"

        /// The number behind an entity tag's hyphen.
        private static func partCount(_ etag: String) -> Int? {
            etag.utf8.firstIndex(of: UInt8(ascii: "-")).flatMap { Int(etag[$0...].dropFirst()) }
        }
    }
}

extension Checksum {
    /// As the columns have it: algorithm, type and text.
    init?(column: String?) {
        guard let words = column?.split(separator: " "), words.count == 3,
            let algorithm = ChecksumAlgorithm(rawValue: String(words[0])),
            let type = ChecksumType(rawValue: String(words[1]))
        else { return nil }
        self.init(algorithm: algorithm, type: type, text: String(words[2]))
    }

    var column: String { "\(algorithm.rawValue) \(type.rawValue) \(text)" }
}
