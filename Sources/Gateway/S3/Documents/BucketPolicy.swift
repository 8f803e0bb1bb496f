import HTTPTypes
import JSON
import Objects

/// What a bucket's policy lets everybody do: read objects, which is how audio is made public, and nothing else.
///
/// Source: Amazon S3 User Guide, "Policies and permissions in Amazon S3".
enum BucketPolicy {
    /// - Throws: `MalformedPolicy` for what is no policy.
    static func check(_ text: [UInt8]) throws(AWSError) {
        // What is wrong with it is for its author to find; S3 says no more.
        guard let policy = try? JSONValue(parsing: text), policy.object != nil, let statements = policy["Statement"],
            statements.array != nil || statements.object != nil
        else { throw .s3("MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'") }
    }

    /// Whether a request that nobody has signed may go on.
    static func allowsEverybody(_ call: S3Call) async throws -> Bool {
        guard [.get, .head].contains(call.request.method), let key = call.address.key, let bucket = call.address.bucket,
            !["acl", "tagging", "attributes", "uploadId"].contains(where: call.isAsked)
        else { return false }
        // A stranger learns nothing of which buckets there are.
        guard let settings = try? await call.objects.bucket(named: bucket).settings,
            let text = settings[BucketSetting.policy.parameter]
        else { return false }
        return allowsEverybodyToRead("arn:aws:s3:::\(bucket)/\(key)", text)
    }

    static func isPublic(_ text: String) -> Bool { statements(text).contains(where: isForEverybody) }

    /// One that refuses anything, which is not weighed here, allows nobody.
    static func allowsEverybodyToRead(_ resource: String, _ text: String) -> Bool {
        let statements = statements(text)
        guard statements.allSatisfy({ $0["Effect"]?.string == "Allow" }) else { return false }
        return statements.contains { statement in
            isForEverybody(statement)
                && strings(statement["Action"]).contains { Glob.matches($0.lowercased(), "s3:getobject") }
                && strings(statement["Resource"]).contains { Glob.matches($0, resource) }
        }
    }

    private static func isForEverybody(_ statement: JSONValue) -> Bool {
        let principal = statement["Principal"]
        let isEverybody = principal?.string == "*" || strings(principal?["AWS"]).contains("*")
        let hasNoCondition = statement["Condition"].map { $0.object?.isEmpty ?? false } ?? true
        return isEverybody && hasNoCondition && statement["Effect"]?.string == "Allow"
    }

    private static func statements(_ text: String) -> [JSONValue] {
        // It was read when it was put.
        guard let policy = try? JSONValue(parsing: text) else { return [] }
        return policy["Statement"]?.array ?? [policy["Statement"]].compactMap(\.self)
    }

    private static func strings(_ value: JSONValue?) -> [String] {
        value?.array?.compactMap(\.string) ?? [value?.string].compactMap(\.self)
    }
}

/// Patterns with `*` for any text and `?` for any character.
enum Glob {
    static func matches(_ pattern: String, _ text: String) -> Bool {
        let (pattern, text) = (Array(pattern.unicodeScalars), Array(text.unicodeScalars))
        var (place, index, star, mark) = (0, 0, Int?.none, 0)
        while index < text.count {
            if place < pattern.count, pattern[place] == "*" {
                (star, mark) = (place, index)
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[index] {
                place += 1
                index += 1
            } else if let last = star {
                mark += 1
                (place, index) = (last + 1, mark)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}
