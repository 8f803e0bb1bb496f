import HTTPTypes
import JSON

/// What was wrong with a request to a page, for programs and for people.
///
/// Source: RFC 9457, "Problem Details for HTTP APIs".
struct Problem: Error {
    var status: HTTPResponse.Status
    /// One sentence.
    var detail: String
    /// Each thing that is wrong, where there are several.
    var problems: [String] = []
    var headers: HTTPFields = [:]

    var answer: WireAnswer {
        var members: [String: JSONValue] = [
            "type": "about:blank", "title": .string(status.reasonPhrase), "status": .number(status.code),
            "detail": .string(detail),
        ]
        if !problems.isEmpty { members["problems"] = .array(problems.map { .string($0) }) }
        var fields = headers
        fields[.contentType] = "application/problem+json"
        return WireAnswer(status: status, headers: fields, body: JSONValue.object(members).utf8)
    }

    static func methodNotAllowed(_ allowed: String) -> Problem {
        Problem(
            status: .methodNotAllowed, detail: "This page takes \(allowed) only.", headers: [.allow: allowed])
    }

    static func bodyTooLong(_ most: Int) -> Problem {
        Problem(status: .contentTooLarge, detail: "No body here has more than \(most) bytes.")
    }

    static let notFound = Problem(status: .notFound, detail: "There is no such page.")
}
