import Foundation
import GRDB
import Objects
import SpeakModel

extension EmbeddedObjectStore {
    /// One row of `parts`.
    struct PartRow: Sendable {
        let part: UploadedPart
        let body: BodyName

        init(part: UploadedPart, body: BodyName) {
            self.part = part
            self.body = body
        }

        /// - Throws: ``ObjectError/unavailable(reason:)`` for a row that this program has not written.
        init(_ row: Row) throws {
            guard let body = BodyName(path: row["body"]) else {
                throw ObjectError.unavailable(reason: "the row of a part names no file of this store.")
            }
            self.body = body
            part = UploadedPart(
                number: row["number"], bytes: row["size"], etag: row["etag"],
                checksum: Checksum(column: row["checksum"]), modifiedAt: Timestamp(milliseconds: row["modified_at"]))
        }
    }

    /// Names of uploads, which sort as they began.
    static func uploadID(at moment: Timestamp) -> String {
        BodyName.hexadecimal(moment.milliseconds, digits: 12)
            + BodyName.hexadecimal(UInt128.random(in: .min ... .max), digits: 32)
    }
}

extension Upload {
    init(_ row: Row) throws {
        let draft = ObjectDraft(
            key: String(decoding: row["key"] as Data, as: UTF8.self), contentType: row["content_type"],
            metadata: try StringMap.values(row["metadata"]), headers: try StringMap.values(row["headers"]),
            tags: try StringMap.values(row["tags"]))
        self.init(
            id: row["id"], draft: draft, algorithm: (row["algorithm"] as String?).flatMap(ChecksumAlgorithm.init),
            checksumType: ChecksumType(rawValue: row["checksum_type"]) ?? .composite,
            startedAt: Timestamp(milliseconds: row["started_at"]))
    }
}
