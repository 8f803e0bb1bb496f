import Foundation
import HTTPTypes
import JSON
import Telemetry

/// What is not AWS's: pages for probes and operators, under `/-/`.
struct Pages: Sendable {
    /// `nil` where everybody may look.
    let keys: AccessKeys?
    /// Why work cannot be done just now; `nil` where it can.
    var unreadiness: @Sendable () async -> String? = { nil }
    let metrics: @Sendable () async throws -> [MetricFamily]

    /// - Returns: `nil` where there is no such page.
    func answer(_ request: WireRequest) async -> WireAnswer? {
        switch request.path {
        case "/-/health": Self.isWell
        case "/-/ready": await readiness()
        case "/-/metrics": mayLook(request) ? await metricsPage() : Self.whoIsThere
        default: nil
        }
    }

    /// Probes have no keys, and learn nothing.
    private static let isWell = WireAnswer(
        headers: [.contentType: "application/json"], body: JSONValue.object(["status": "ok"]).utf8)

    private func readiness() async -> WireAnswer {
        guard let reason = await unreadiness() else { return Self.isWell }
        return WireAnswer(
            status: .serviceUnavailable, headers: [.contentType: "application/json"],
            body: JSONValue.object(["status": "not ready", "reason": .string(reason)]).utf8)
    }

    private static let whoIsThere = WireAnswer(
        status: .unauthorized, headers: [.wwwAuthenticate: "Basic realm=\"speaktracker\"", .contentType: "text/plain"],
        body: Array("This page asks for an access key: its id as the user, its secret as the password.\n".utf8))

    private func metricsPage() async -> WireAnswer {
        do {
            return WireAnswer(
                headers: [.contentType: PrometheusText.contentType],
                body: Array(PrometheusText.page(try await metrics()).utf8))
        } catch {
            return WireAnswer(status: .serviceUnavailable, body: Array("\(error)\n".utf8))
        }
    }

    /// Whether a request has an access key as browsers and Prometheus send them: HTTP's Basic scheme (RFC 7617).
    private func mayLook(_ request: WireRequest) -> Bool {
        guard let keys else { return true }
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("basic "),
            let decoded = Data(base64Encoded: String(header.dropFirst(6))),
            case let words = decoded.split(separator: UInt8(ascii: ":"), maxSplits: 1), words.count == 2,
            let secret = keys[String(decoding: words[0], as: UTF8.self)]
        else { return false }
        return SignatureCheck.isEqual(secret, String(decoding: words[1], as: UTF8.self))
    }
}
