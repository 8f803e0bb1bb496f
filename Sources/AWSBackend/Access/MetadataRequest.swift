import JSON
import SpeakModel

/// Questions to the small HTTP servers beside a container or a machine.
struct MetadataRequest: Sendable {
    let transport: Transport
    /// For messages.
    let name: String

    /// They are near: what takes longer is not there.
    private static let timeout = Duration.seconds(2)
    private static let attempts = 3

    /// Asks up to three times, since these servers start with their container.
    ///
    /// - Returns: `nil` if nothing listens there.
    /// - Throws: ``ServiceError`` for any answer but a 200.
    func answer(_ method: String, _ url: String, _ headers: [(name: String, value: String)]) async throws -> [UInt8]? {
        var last: ServiceError?
        for _ in 0..<Self.attempts {
            do {
                let answer = try await transport.send(
                    TransportRequest(method: method, url: url, headers: headers), timeout: Self.timeout)
                if answer.status == 200 { return answer.body }
                last = refusal(answer.status)
                if answer.status < 500 { break }
            } catch TransportError.notSent {
                return nil
            } catch let error as TransportError {
                last = .badConfiguration("\(name) does not answer: \(error).")
            }
        }
        throw last ?? refusal(0)
    }

    private func refusal(_ status: Int) -> ServiceError {
        .badConfiguration("\(name) gives no credentials: status \(status).")
    }

    /// Reads what both kinds of server answer.
    func credentials(_ body: [UInt8]) throws -> AccessCredentials {
        // Whatever is wrong with the answer, it has no credentials.
        guard let json = try? JSONValue(parsing: body), let id = json["AccessKeyId"]?.string,
            let secret = json["SecretAccessKey"]?.string
        else { throw ServiceError.badConfiguration("\(name) gives an answer that has no credentials.") }
        return AccessCredentials(
            keyID: id, secret: secret, sessionToken: json["Token"]?.string,
            expiresAt: json["Expiration"]?.string.flatMap(Timestamp.init(iso8601:)))
    }
}
