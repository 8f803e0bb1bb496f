import HTTPTypes
import Objects
import XML

/// Which pages of other origins may read and write a bucket.
///
/// Source: Amazon S3 User Guide, "Using cross-origin resource sharing (CORS)".
enum CORS {
    struct Rule: Sendable {
        let origins: [String]
        let methods: [String]
        let headers: [String]
        let exposed: [String]
        let maximumAge: Int?
    }

    private static let methods: Set = ["GET", "PUT", "HEAD", "POST", "DELETE"]

    static func rules(in document: XMLElement) throws(AWSError) -> [Rule] {
        guard document.name == "CORSConfiguration" else { throw .malformedXML }
        let elements = document.all("CORSRule")
        guard (1...100).contains(elements.count) else { throw .malformedXML }
        var rules: [Rule] = []
        for element in elements {
            func texts(_ name: String) -> [String] { element.all(name).map(\.text) }
            let rule = Rule(
                origins: texts("AllowedOrigin"), methods: texts("AllowedMethod"), headers: texts("AllowedHeader"),
                exposed: texts("ExposeHeader"), maximumAge: element.text("MaxAgeSeconds").flatMap { Int($0) })
            guard !rule.origins.isEmpty, !rule.methods.isEmpty else { throw .malformedXML }
            for method in rule.methods where !methods.contains(method) {
                throw .invalidRequest(
                    "Found unsupported HTTP method in CORS config. Unsupported method is \(method)")
            }
            for text in rule.origins + rule.headers
            where text.split(separator: "*", omittingEmptySubsequences: false).count > 2 {
                throw .invalidRequest("\"\(text)\" can not have more than one wildcard.")
            }
            rules.append(rule)
        }
        return rules
    }

    /// Answers a browser that asks before it sends.
    static func preflight(_ call: S3Call) async throws -> S3Answer {
        guard let origin = call.headers[.origin] else {
            throw AWSError.s3("BadRequest", "Insufficient information. Origin request header needed.")
        }
        guard let method = call.headers[.accessControlRequestMethod], methods.contains(method) else {
            throw AWSError.s3(
                "BadRequest",
                "Invalid Access-Control-Request-Method: \(call.headers[.accessControlRequestMethod] ?? "null")")
        }
        let wanted = (call.headers[.accessControlRequestHeaders] ?? "").split(separator: ",")
            .map { $0.drop { $0 == " " } }.map { String($0).lowercased() }
        guard let rule = try await rule(for: call, origin, method, wanted) else {
            throw AWSError.s3(
                "AccessForbidden",
                "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
                status: 403)
        }
        var answer = S3Answer()
        add(rule, origin, to: &answer.headers)
        if !wanted.isEmpty { answer.headers[.accessControlAllowHeaders] = wanted.joined(separator: ", ") }
        return answer
    }

    /// Says in an answer which page may read it.
    static func addHeaders(to headers: inout HTTPFields, _ call: S3Call) async {
        guard let origin = call.headers[.origin] else { return }
        // An answer that no page may read is an answer all the same.
        guard let rule = try? await rule(for: call, origin, call.request.method.rawValue, []) else { return }
        add(rule, origin, to: &headers)
    }

    private static func rule(
        for call: S3Call, _ origin: String, _ method: String, _ headers: [String]
    ) async throws -> Rule? {
        guard let bucket = call.address.bucket,
            let text = try await call.objects.bucket(named: bucket).settings[BucketSetting.cors.parameter]
        else { return nil }
        // It was read when it was put.
        guard let document = try? XMLElement(parsing: Array(text.utf8)) else { return nil }
        return try rules(in: document).first { rule in
            rule.methods.contains(method) && rule.origins.contains { matches($0, origin) }
                && headers.allSatisfy { header in rule.headers.contains { matches($0.lowercased(), header) } }
        }
    }

    private static func add(_ rule: Rule, _ origin: String, to headers: inout HTTPFields) {
        let isForAll = rule.origins.contains("*")
        headers[.accessControlAllowOrigin] = isForAll ? "*" : origin
        if !isForAll { headers[.accessControlAllowCredentials] = "true" }
        headers[.accessControlAllowMethods] = rule.methods.joined(separator: ", ")
        if !rule.exposed.isEmpty { headers[.accessControlExposeHeaders] = rule.exposed.joined(separator: ", ") }
        headers[.accessControlMaxAge] = rule.maximumAge.map { String($0) }
        headers[.vary] = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"
    }

    /// Whether a text is what a pattern with at most one asterisk says.
    static func matches(_ pattern: String, _ text: String) -> Bool {
        let parts = pattern.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return pattern == text }
        return text.utf8.count >= parts[0].utf8.count + parts[1].utf8.count && text.hasPrefix(parts[0])
            && text.hasSuffix(parts[1])
    }
}
