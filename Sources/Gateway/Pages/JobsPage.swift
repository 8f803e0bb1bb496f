import Crypto
import Documents
import Foundation
import HTTPTypes
import JSON
import Logging
import Queueing
import SpeakModel
import Telemetry

/// `/-/jobs`: jobs for backends that have HTTP and no AWS SDK.
struct JobsPage: Sendable {
    let desk: any JobDesk
    let logger: Logger

    static let path = "/-/jobs"

    /// - Parameter caller: The access key that the caller has shown; empty where nobody is asked.
    func answer(_ request: WireRequest, caller: String) async throws -> WireAnswer {
        do {
            if request.path == Self.path {
                guard request.method == .post else { throw Problem.methodNotAllowed("POST") }
                return try await submit(request, caller: caller)
            }
            guard request.method == .get else { throw Problem.methodNotAllowed("GET") }
            return try await row(request.path.dropFirst(Self.path.utf8.count + 1))
        } catch {
            throw described(error)
        }
    }

    private func row(_ encodedID: Substring) async throws -> WireAnswer {
        guard let id = encodedID.removingPercentEncoding, let row = try await desk.row(ofJob: id) else {
            throw Problem(status: .notFound, detail: "There is no job of this id.")
        }
        return .json(.ok, row.plainJSON)
    }
}

/// Handing in.
extension JobsPage {
    private func submit(_ request: WireRequest, caller: String) async throws -> WireAnswer {
        let body = try Self.body(request)
        let document = try Self.document(body)
        let trace = request.headers[.traceParent].flatMap { TraceParent(parsing: $0) }?.child() ?? .beginning()
        let accepted: JSONValue = [
            "job_id": .string(document.id), "status": .string(JobStatus.pending.rawValue),
            "trace_id": .string(trace.traceID),
        ]
        let key = try Self.key(request, body, caller: caller, answer: accepted)
        switch try await desk.submit(document, trace: trace, once: key) {
        case .enqueued:
            logger.info(
                "job enqueued",
                metadata: [
                    "job.id": "\(document.id)", "kind": "\(document.kind.rawValue)", "trace.id": "\(trace.traceID)",
                ])
            return Self.accepted(accepted)
        case .repeated(let answer):
            var repeated = Self.accepted(try JSONValue(parsing: Array(answer.utf8)))
            repeated.headers[.idempotencyReplayed] = "true"
            return repeated
        case .conflict:
            throw Problem(
                status: .conflict, detail: "Another job of this id waits, or is being worked on.")
        case .completedBefore:
            return .json(
                .ok, ["job_id": .string(document.id), "status": .string(JobStatus.completed.rawValue)])
        }
    }

    private static func accepted(_ answer: JSONValue) -> WireAnswer {
        var accepted = WireAnswer.json(.accepted, answer)
        let id = answer["job_id"]?.string ?? ""
        accepted.headers[.location] = path + "/" + (id.addingPercentEncoding(withAllowedCharacters: .unreserved) ?? "")
        return accepted
    }

    /// A browser asks before it sends this type to another site, so no page of another site can hand in jobs.
    private static func body(_ request: WireRequest) throws(Problem) -> JSONValue {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased()
        guard type?.trimmingCharacters(in: .whitespaces) == "application/json" else {
            throw Problem(
                status: .unsupportedMediaType, detail: "A job document is sent with Content-Type: application/json.")
        }
        guard request.body.count <= QueueLimits.maximumMessageBytes else {
            throw Problem(
                status: .contentTooLarge,
                detail:
                    "The document has \(request.body.count) bytes; a queue takes \(QueueLimits.maximumMessageBytes).")
        }
        do { return try JSONValue(parsing: request.body) } catch {
            throw Problem(
                status: .badRequest, detail: "The body is not JSON: \(error.reason) at byte \(error.offset).")
        }
    }

    private static func document(_ body: JSONValue) throws(Problem) -> JobDocument {
        var named = body
        if case .object(var members) = body, members["job_id"] == nil {
            members["job_id"] = .string(UUID().uuidString.lowercased())
            named = .object(members)
        }
        do { return try JobDocument(named) } catch {
            throw Problem(status: .badRequest, detail: error.description, problems: error.problems)
        }
    }

    private static func key(
        _ request: WireRequest, _ body: JSONValue, caller: String, answer: JSONValue
    ) throws(Problem) -> IdempotencyKey? {
        guard let name = request.headers[.idempotencyKey] else { return nil }
        guard (1...255).contains(name.utf8.count), name.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw Problem(
                status: .badRequest, detail: "An Idempotency-Key has 1 to 255 characters, all of them printable ASCII.")
        }
        return IdempotencyKey(
            name: "\(caller) \(name)", digest: Array(SHA256.hash(data: body.utf8)), answer: answer.text)
    }
}

/// Errors in sentences.
extension JobsPage {
    private func described(_ error: any Error) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case DocumentError.tokenMismatch:
            return Problem(
                status: .unprocessableContent, detail: "This Idempotency-Key was used for another document before.")
        case let error as DocumentError: return unavailable(error.description, error)
        case let error as QueueError:
            if case .messageTooLong = error { return Problem(status: .contentTooLarge, detail: error.description) }
            return unavailable(error.description, error)
        default: return unavailable("The job could not be taken.", error)
        }
    }

    private func unavailable(_ sentence: String, _ error: any Error) -> Problem {
        logger.error("request failed", metadata: ["error": "\(error)"])
        return Problem(status: .serviceUnavailable, detail: sentence, headers: [.retryAfter: "1"])
    }
}

extension WireAnswer {
    static func json(_ status: HTTPResponse.Status, _ value: JSONValue) -> WireAnswer {
        WireAnswer(status: status, headers: [.contentType: "application/json"], body: value.utf8)
    }
}

extension HTTPField.Name {
    fileprivate static let traceParent = Self(TraceParent.name) ?? .contentType
    fileprivate static let idempotencyKey = Self("Idempotency-Key") ?? .contentType
    fileprivate static let idempotencyReplayed = Self("Idempotency-Replayed") ?? .contentType
}

extension CharacterSet {
    /// RFC 3986, section 2.3.
    fileprivate static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
