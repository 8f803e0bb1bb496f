import JSON
import Objects

/// Errors as the Amazon S3 API reference words them.
extension AWSError {
    static func s3(_ code: String, _ message: String, status: Int = 400, _ details: [String: String] = [:]) -> AWSError
    {
        var error = AWSError(code, message, status: status)
        error.details = details.mapValues { .string($0) }
        return error
    }

    static let accessDenied = s3("AccessDenied", "Access Denied", status: 403)

    static func noSuchBucket(_ name: String) -> AWSError {
        s3("NoSuchBucket", "The specified bucket does not exist", status: 404, ["BucketName": name])
    }

    static func noSuchKey(_ key: String) -> AWSError {
        s3("NoSuchKey", "The specified key does not exist.", status: 404, ["Key": key])
    }

    static let noSuchUpload = s3(
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
        status: 404)

    static func invalidArgument(_ message: String, _ name: String? = nil, _ value: String? = nil) -> AWSError {
        var details: [String: String] = [:]
        details["ArgumentName"] = name
        details["ArgumentValue"] = value
        return s3("InvalidArgument", message, details)
    }

    static func invalidRequest(_ message: String) -> AWSError { s3("InvalidRequest", message) }

    static let malformedXML = s3(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema")

    static func notImplemented(_ what: String) -> AWSError {
        s3(
            "NotImplemented",
            "A header or parameter you provided implies functionality that is not implemented: \(what)", status: 501)
    }

    static let methodNotAllowed = s3(
        "MethodNotAllowed", "The specified method is not allowed against this resource.", status: 405)

    static let incompleteBody = s3(
        "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header")

    static let missingContentLength = s3(
        "MissingContentLength", "You must provide the Content-Length HTTP header.", status: 411)

    static func entityTooLarge(_ most: Int) -> AWSError {
        s3(
            "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size",
            ["MaxSizeAllowed": String(most)])
    }

    static let invalidDigest = s3("InvalidDigest", "The Content-MD5 you specified was invalid.")

    static func badDigest(_ what: String) -> AWSError {
        s3("BadDigest", "The \(what) you specified did not match the calculated checksum.")
    }

    static let contentHashMismatch = s3(
        "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.")

    static func preconditionFailed(_ condition: String) -> AWSError {
        s3(
            "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", status: 412,
            ["Condition": condition])
    }

    static func invalidRange(_ range: String, size: Int) -> AWSError {
        s3(
            "InvalidRange", "The requested range is not satisfiable", status: 416,
            ["RangeRequested": range, "ActualObjectSize": String(size)])
    }

    static func invalidPart(_ number: Int) -> AWSError {
        s3(
            "InvalidPart",
            "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
            ["PartNumber": String(number)])
    }

    static let invalidPartOrder = s3(
        "InvalidPartOrder",
        "The list of parts was not in ascending order. Parts must be ordered by part number.")

    static let serverBusy = s3("SlowDown", "Please reduce your request rate.", status: 503)

    /// What went wrong in the store.
    init(_ error: ObjectError) {
        switch error {
        case .noSuchBucket(let name): self = .noSuchBucket(name)
        case .noSuchObject(let key): self = .noSuchKey(key)
        case .badBucketName(let name):
            self = .s3("InvalidBucketName", "The specified bucket is not valid.", ["BucketName": name])
        case .badKey(let key, _) where key.utf8.count > ObjectKey.maximumBytes:
            self = .s3(
                "KeyTooLongError", "Your key is too long",
                ["Size": String(key.utf8.count), "MaxSizeAllowed": String(ObjectKey.maximumBytes)])
        case .badKey(_, let reason): self = .s3("InvalidURI", "Couldn't parse the specified URI: \(reason)")
        case .rangeNotSatisfiable(let size): self = .invalidRange("", size: size)
        case .bucketNotEmpty(let name):
            self = .s3(
                "BucketNotEmpty", "The bucket you tried to delete is not empty", status: 409, ["BucketName": name])
        case .noSuchUpload: self = .noSuchUpload
        case .invalidPart(let number): self = .invalidPart(number)
        case .preconditionFailed: self = .preconditionFailed("If-Match")
        case .refused: self = .accessDenied
        case .unavailable(let reason): self = .unavailable(reason)
        }
    }
}
