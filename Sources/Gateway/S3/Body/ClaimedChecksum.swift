import Foundation
import HTTPTypes
import Objects
import XML

/// The checksum that a request says its body has, or that it asks for.
struct ClaimedChecksum: Sendable {
    let algorithm: ChecksumAlgorithm
    /// In base 64; `nil` where it comes behind the body, or is ours to compute.
    let value: String?
    let isTrailer: Bool
    /// Whether it is of the whole body, or of the checksums of its parts.
    let type: ChecksumType

    /// - Returns: `nil` where the request says nothing.
    /// - Throws: `InvalidRequest` for what no checksum can look like, or for several.
    init?(_ headers: HTTPFields) throws(AWSError) {
        let named = ChecksumAlgorithm.allCases.filter { headers[$0.headerName] != nil }
        guard named.count <= 1 else {
            throw .invalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.")
        }
        type = headers[.amzChecksumType].flatMap { ChecksumType(rawValue: $0.uppercased()) } ?? .fullObject
        if let algorithm = named.first, let value = headers[algorithm.headerName] {
            guard Self.isWellFormed(value, algorithm) else {
                throw .invalidRequest("Value for \(algorithm.headerName.canonicalName) header is invalid.")
            }
            (self.algorithm, self.value, isTrailer) = (algorithm, value, false)
            return
        }
        let trailer = headers[.amzTrailer]?.lowercased()
        if let algorithm = ChecksumAlgorithm.allCases.first(where: { $0.headerName.canonicalName == trailer }) {
            (self.algorithm, value, isTrailer) = (algorithm, nil, true)
            return
        }
        guard let name = headers[.amzSDKChecksumAlgorithm] ?? headers[.amzChecksumAlgorithm] else { return nil }
        guard let algorithm = ChecksumAlgorithm(rawValue: name.uppercased()) else {
            throw .invalidRequest(
                "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"
            )
        }
        (self.algorithm, value, isTrailer) = (algorithm, nil, false)
    }

    /// A composite one has a hyphen and a number behind its base 64.
    private static func isWellFormed(_ value: String, _ algorithm: ChecksumAlgorithm) -> Bool {
        let digits = value.prefix { $0 != "-" }
        return Data(base64Encoded: String(digits))?.count == algorithm.sizeInBytes
    }
}

extension ChecksumAlgorithm {
    var headerName: HTTPField.Name {
        switch self {
        case .crc32: .amzChecksumCRC32
        case .crc32c: .amzChecksumCRC32C
        case .crc64nvme: .amzChecksumCRC64NVME
        case .sha1: .amzChecksumSHA1
        case .sha256: .amzChecksumSHA256
        }
    }

    /// `ChecksumCRC32` and the like.
    var elementName: String { "Checksum\(rawValue)" }
}

extension Checksum {
    init(_ algorithm: ChecksumAlgorithm, ofWhole digest: [UInt8]) {
        self.init(algorithm: algorithm, type: .fullObject, text: Data(digest).base64EncodedString())
    }

    func write(to writer: inout XMLWriter) {
        writer.element(algorithm.elementName, text)
        writer.element("ChecksumType", type.rawValue)
    }

    func add(to headers: inout HTTPFields) {
        headers[algorithm.headerName] = text
        headers[.amzChecksumType] = type.rawValue
    }
}

extension HTTPField.Name {
    private static func named(_ name: String) -> Self { Self(name) ?? .contentType }

    static let amzChecksumCRC32 = named("x-amz-checksum-crc32")
    static let amzChecksumCRC32C = named("x-amz-checksum-crc32c")
    static let amzChecksumCRC64NVME = named("x-amz-checksum-crc64nvme")
    static let amzChecksumSHA1 = named("x-amz-checksum-sha1")
    static let amzChecksumSHA256 = named("x-amz-checksum-sha256")
    static let amzChecksumType = named("x-amz-checksum-type")
    static let amzChecksumAlgorithm = named("x-amz-checksum-algorithm")
    static let amzSDKChecksumAlgorithm = named("x-amz-sdk-checksum-algorithm")
    static let amzChecksumMode = named("x-amz-checksum-mode")
    static let amzTrailer = named("x-amz-trailer")
    static let amzDecodedContentLength = named("x-amz-decoded-content-length")
    static let amzCopySource = named("x-amz-copy-source")
    static let amzCopySourceRange = named("x-amz-copy-source-range")
    static let amzMetadataDirective = named("x-amz-metadata-directive")
    static let amzTaggingDirective = named("x-amz-tagging-directive")
    static let amzTagging = named("x-amz-tagging")
    static let amzTaggingCount = named("x-amz-tagging-count")
    static let amzExpiration = named("x-amz-expiration")
    static let amzStorageClass = named("x-amz-storage-class")
    static let amzPartsCount = named("x-amz-mp-parts-count")
    static let amzBucketRegion = named("x-amz-bucket-region")
    static let amzObjectAttributes = named("x-amz-object-attributes")
    static let amzMaxParts = named("x-amz-max-parts")
    static let amzPartNumberMarker = named("x-amz-part-number-marker")
    static let amzServerSideEncryption = named("x-amz-server-side-encryption")
    static let amzRequestID = named("x-amz-request-id")
    static let amzID2 = named("x-amz-id-2")
    static let amzObjectSize = named("x-amz-mp-object-size")
}
