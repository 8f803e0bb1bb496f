import Foundation
import HTTPTypes
import JSON
import Logging
import Telemetry

/// What is not AWS's: pages for probes, operators and backends without an SDK, under `/-/`.
struct Pages: Sendable {
    /// `nil` where everybody may look.
    private let keys: AccessKeys?
    private let metrics: @Sendable () async throws -> [MetricFamily]
    private let readiness: Readiness
    private let jobs: JobsPage?

    init(
        _ sources: PageSources, keys: AccessKeys?, metrics: @escaping @Sendable () async throws -> [MetricFamily],
        logger: Logger
    ) {
        self.keys = keys
        self.metrics = metrics
        readiness = Readiness(sources.unreadiness)
        jobs = sources.jobs.map { JobsPage(desk: $0, logger: logger) }
    }

    func answer(_ request: WireRequest) async -> WireAnswer {
        let page = Self.name(of: request.path)
        var answer: WireAnswer
        do {
            answer = try await self.answer(request, page: page)
        } catch let problem as Problem {
            answer = problem.answer
        } catch {
            answer = Problem(status: .serviceUnavailable, detail: "\(error)").answer
        }
        answer.operation = .init(service: "pages", name: page ?? OperationLabel.unknown)
        return answer
    }

    /// Pages by names of which there are few.
    private static func name(of path: Substring) -> String? {
        switch path {
        case "/-/health", "/-/ready", "/-/metrics", JobsPage.path[...], OpenAPIDocument.path[...]: String(path)
        case _ where path.hasPrefix(JobsPage.path + "/"): "/-/jobs/{job_id}"
        default: nil
        }
    }

    private func answer(_ request: WireRequest, page: String?) async throws -> WireAnswer {
        if page == nil { throw Problem.notFound }
        if page?.hasPrefix(JobsPage.path) == false, ![.get, .head].contains(request.method) {
            throw Problem.methodNotAllowed("GET")
        }
        // Probes have no keys, and learn little.
        switch page {
        case "/-/health": return Self.isWell
        case "/-/ready": return await ready()
        default: break
        }
        let caller = try caller(of: request)
        switch page {
        case "/-/metrics":
            return WireAnswer(
                headers: [.contentType: PrometheusText.contentType],
                body: Array(PrometheusText.page(try await metrics()).utf8))
        default:
            guard let jobs else { throw Problem.notFound }
            if page == OpenAPIDocument.path { return .json(.ok, OpenAPIDocument.json) }
            return try await jobs.answer(request, caller: caller)
        }
    }

    private static let isWell = WireAnswer.json(.ok, ["status": "ok"])

    private func ready() async -> WireAnswer {
        guard let reason = await readiness.problem() else { return Self.isWell }
        return .json(.serviceUnavailable, ["status": "not ready", "reason": .string(reason)])
    }
}

/// Who may look.
extension Pages {
    private static let whoIsThere = Problem(
        status: .unauthorized,
        detail: "This page asks for an access key: its id as the user, its secret as the password.",
        headers: [.wwwAuthenticate: "Basic realm=\"speaktracker\""])

    /// The access key of a request, as browsers and Prometheus send it: HTTP's Basic scheme (RFC 7617).
    ///
    /// - Returns: Its id; nothing where nobody is asked.
    private func caller(of request: WireRequest) throws(Problem) -> String {
        guard let keys else { return "" }
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("basic "),
            let decoded = Data(base64Encoded: String(header.dropFirst(6))),
            case let words = decoded.split(separator: UInt8(ascii: ":"), maxSplits: 1), words.count == 2,
            case let id = String(decoding: words[0], as: UTF8.self), let secret = keys[id],
            SignatureCheck.isEqual(secret, String(decoding: words[1], as: UTF8.self))
        else { throw Self.whoIsThere }
        return id
    }
}
