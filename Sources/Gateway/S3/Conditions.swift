import HTTPTypes
import Objects
import SpeakModel

/// The conditions of a request (RFC 9110, section 13), as S3 takes them.
enum Conditions {
    /// What a read makes a condition; names differ for the source of a copy.
    struct Names: Sendable {
        let match: HTTPField.Name
        let noneMatch: HTTPField.Name
        let modifiedSince: HTTPField.Name
        let unmodifiedSince: HTTPField.Name

        static let read = Names(
            match: .ifMatch, noneMatch: .ifNoneMatch, modifiedSince: .ifModifiedSince,
            unmodifiedSince: .ifUnmodifiedSince)
        static let copySource = Names(
            match: .copySource("match"), noneMatch: .copySource("none-match"),
            modifiedSince: .copySource("modified-since"), unmodifiedSince: .copySource("unmodified-since"))
    }

    /// - Returns: Whether the object is wanted: `false` where the reader has it already.
    /// - Throws: `PreconditionFailed`.
    static func check(_ headers: HTTPFields, _ info: ObjectInfo, _ names: Names = .read) throws(AWSError) -> Bool {
        // S3 keeps milliseconds and HTTP does not.
        let modifiedAt = info.modifiedAt.epochSeconds
        if let match = headers[names.match] {
            guard matches(match, info.etag) else { throw .preconditionFailed("If-Match") }
        } else if let moment = headers[names.unmodifiedSince].flatMap(HTTPDate.moment) {
            guard modifiedAt <= moment.epochSeconds else { throw .preconditionFailed("If-Unmodified-Since") }
        }
        if let noneMatch = headers[names.noneMatch] {
            return !matches(noneMatch, info.etag)
        }
        if let moment = headers[names.modifiedSince].flatMap(HTTPDate.moment) {
            return modifiedAt > moment.epochSeconds
        }
        return true
    }

    /// What a write makes a condition.
    static func condition(_ headers: HTTPFields) throws(AWSError) -> ObjectCondition? {
        if let noneMatch = headers[.ifNoneMatch] {
            guard noneMatch == "*" else { throw .notImplemented("If-None-Match of a write with an entity tag") }
            return .absent
        }
        guard let match = headers[.ifMatch] else { return nil }
        return match == "*" ? .exists : .etag(unquoted(match[...]))
    }

    private static func matches(_ header: String, _ etag: String) -> Bool {
        header.split(separator: ",").contains { candidate in
            let text = candidate.drop { $0 == " " }
            return text == "*" || unquoted(text) == etag
        }
    }

    static func unquoted(_ etag: Substring) -> String {
        var text = etag
        while text.last == " " { text.removeLast() }
        if text.hasPrefix("W/") { text.removeFirst(2) }
        if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") { text = text.dropFirst().dropLast() }
        return String(text)
    }
}

extension HTTPField.Name {
    fileprivate static func copySource(_ condition: String) -> Self {
        Self("x-amz-copy-source-if-\(condition)") ?? .ifMatch
    }
}
