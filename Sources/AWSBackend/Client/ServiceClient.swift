import SpeakModel
import Synchronization
import Telemetry

/// Sends calls to services: signed, in time, and again where that is safe.
struct ServiceClient: Sendable {
    let transport: Transport
    /// `nil` where calls are not signed.
    let credentials: CredentialsCache?
    let endpoints: Endpoints
    let maximumAttempts: Int
    let quota: RetryQuota
    let clock: SkewedClock
    private let keys = SigningKeys()
    /// Waits between attempts.
    let pause: @Sendable (Duration) async throws -> Void

    static let usualAttempts = 5

    init(
        transport: Transport, credentials: CredentialsCache?, endpoints: Endpoints,
        maximumAttempts: Int = Self.usualAttempts, quota: RetryQuota = RetryQuota(),
        now: @escaping @Sendable () -> Timestamp,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.transport = transport
        self.credentials = credentials
        self.endpoints = endpoints
        self.maximumAttempts = maximumAttempts
        self.quota = quota
        clock = SkewedClock(now: now)
        self.pause = pause
    }

    /// - Returns: An answer of a status from 200 to 299.
    /// - Throws: ``ServiceFault`` for what the service refused by an error of its own, so that callers may know it;
    ///   ``ServiceError`` for everything else.
    func send(_ call: ServiceCall) async throws -> TransportAnswer {
        var state = RetryState(maximumAttempts: maximumAttempts, isRepeatable: call.isRepeatable)
        var random = SystemRandomNumberGenerator()
        while true {
            let signer = try await credentials?.credentials()
            let attempt = await attempt(call, signedBy: signer)
            transport.calls.note(
                OutgoingCall(service: call.service.rawValue, operation: call.operation, status: attempt.status))
            switch attempt.outcome {
            case .success(let answer):
                quota.giveBack(state.cost)
                return answer
            case .failure(let error):
                let wasUncertain = state.isUncertain
                switch state.next(after: attempt.failure, quota: quota, using: &random) {
                case .giveUp:
                    guard wasUncertain, var fault = error as? ServiceFault else { throw error }
                    fault.isAfterUncertainty = true
                    throw fault
                case .retry(let after): try await pause(after)
                case .renewCredentials:
                    if let signer { await credentials?.drop(signer) }
                case .setClock: clock.set(by: attempt.serverTime)
                }
            }
        }
    }

    private struct Attempt {
        let outcome: Result<TransportAnswer, any Error>
        var failure = AttemptFailure.final
        /// The answer's; `nil` where none came.
        var status: Int?
        var serverTime: Timestamp?
    }

    private func attempt(_ call: ServiceCall, signedBy signer: AccessCredentials?) async -> Attempt {
        let endpoint = endpoints[call.service].prefixed(by: call.hostPrefix)
        do {
            let request = transportRequest(call, endpoint, signer)
            let answer = try await transport.send(request, timeout: call.timeout)
            if (200..<300).contains(answer.status) { return Attempt(outcome: .success(answer), status: answer.status) }
            let fault = ServiceFault(answer)
            return Attempt(
                outcome: .failure(fault.isForCaller ? fault : fault.error(call.service)),
                failure: fault.attempt(answer), status: answer.status,
                serverTime: answer["Date"].flatMap(Timestamp.init(httpDate:)))
        } catch TransportError.notSent(let reason) {
            let error = ServiceError.unreachable(endpoint: endpoint.url, reason: reason)
            return Attempt(outcome: .failure(error), failure: .notSent)
        } catch TransportError.interrupted(let reason) {
            let error = ServiceError.interrupted(endpoint: endpoint.url, reason: reason)
            return Attempt(outcome: .failure(error), failure: .uncertain(isTimeout: false))
        } catch TransportError.timedOut(let limit) {
            let error = ServiceError.timedOut(endpoint: endpoint.url, seconds: Int(limit.components.seconds))
            return Attempt(outcome: .failure(error), failure: .uncertain(isTimeout: true))
        } catch {
            return Attempt(outcome: .failure(error))
        }
    }

    private func transportRequest(
        _ call: ServiceCall, _ endpoint: Endpoint, _ signer: AccessCredentials?
    ) -> TransportRequest {
        var request = call.request
        let target = request.target
        request.path = endpoint.basePath + request.path
        request.headers.append(("Host", endpoint.host))
        if let signer {
            RequestSigner(
                credentials: signer, region: endpoints.region, service: call.service.rawValue, keys: keys
            ).sign(&request, at: clock.now)
        }
        request.headers.append(("User-Agent", Self.userAgent))
        return TransportRequest(
            method: request.method, url: endpoint.url + target, headers: request.headers, body: request.body)
    }

    private static let userAgent = "speaktracker"
}

/// This machine's clock, set by a service's where they differ too much.
final class SkewedClock: Sendable {
    private let machine: @Sendable () -> Timestamp
    private let skew = Mutex(Duration.zero)

    init(now: @escaping @Sendable () -> Timestamp) { machine = now }

    var now: Timestamp { machine() + skew.withLock { $0 } }

    /// - Parameter time: What the service says; nothing changes if it said nothing.
    func set(by time: Timestamp?) {
        guard let time else { return }
        let difference = time - machine()
        skew.withLock { $0 = difference }
    }
}
