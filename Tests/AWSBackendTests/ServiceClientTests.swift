import JSON
import NIOHTTP1
import SpeakModel
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import AWSBackend

/// Against a real server that misbehaves as a test says.
@Suite("calls to a service", .timeLimit(.minutes(1)))
struct ServiceClientTests {
    /// A client of a server, whose waits between attempts are told and not waited.
    private final class Bench: Sendable {
        let client: ServiceClient
        let clock = TestClock()
        private let transport = Transport()
        private let waits: Waits

        final class Waits: Sendable {
            let all = Mutex<[Duration]>([])
        }

        init(
            _ url: String, attempts: Int = 4, quota: RetryQuota = RetryQuota(), source: (any CredentialsSource)? = nil
        ) throws {
            let (waits, clock) = (Waits(), clock)
            self.waits = waits
            let environment = Environment([:])
            let endpoints = try Endpoints(
                region: "eu-west-1", everything: url, environment: environment, shared: nil, profile: "default")
            let fixed = FixedCredentials(name: "a test", value: AccessCredentials(keyID: "id", secret: "secret"))
            client = ServiceClient(
                transport: transport, credentials: CredentialsCache(source ?? fixed, now: { clock.now }),
                endpoints: endpoints, maximumAttempts: attempts, quota: quota, now: { clock.now },
                pause: { wait in waits.all.withLock { $0.append(wait) } })
        }

        /// What the client has asked for, by the answers' statuses.
        func calls() -> [Int?: Int] {
            let calls = transport.calls.take()
            #expect(calls.keys.allSatisfy { ($0.service, $0.operation) == ("sqs", "ListQueues") })
            return Dictionary(uniqueKeysWithValues: calls.map { ($0.status, $1) })
        }

        var pauses: [Duration] { waits.all.withLock { $0 } }

        func call(isRepeatable: Bool = true, timeout: Duration = .seconds(10)) async throws -> JSONValue {
            try await client.json(
                .sqs, "AmazonSQS.ListQueues", ["a": 1], isRepeatable: isRepeatable, timeout: timeout)
        }

        func close() async throws { try await transport.close() }
    }

    private func bench(
        _ server: FakeServer, quota: RetryQuota = RetryQuota(), source: (any CredentialsSource)? = nil,
        _ body: (Bench) async throws -> Void
    ) async throws {
        let bench = try Bench(server.url, quota: quota, source: source)
        let result: Result<Void, any Error>
        do { result = .success(try await body(bench)) } catch { result = .failure(error) }
        try await bench.close()
        try result.get()
    }

    private static let done = FakeServer.Reaction.answer(200, [], #"{"done":true}"#)

    private static func error(_ status: Int, _ code: String, _ message: String = "no") -> FakeServer.Reaction {
        .answer(status, [], #"{"__type":"com.amazonaws.sqs#\#(code)","message":"\#(message)"}"#)
    }

    @Test("a call is signed, and says what it is")
    func request() async throws {
        let server = try await FakeServer.start { _, _ in Self.done }
        try await bench(server) { bench in
            let answer = try await bench.call()
            #expect(answer == ["done": true])
        }
        let request = try #require(server.requests.first)
        #expect((request.method, request.target, request.body) == ("POST", "/", #"{"a":1}"#))
        #expect(request.headers["X-Amz-Target"] == ["AmazonSQS.ListQueues"])
        #expect(request.headers["Content-Type"] == ["application/x-amz-json-1.0"])
        #expect(request.headers["Host"] == [String(server.url.dropFirst("http://".count))])
        let authorization = try #require(request.headers["Authorization"].first)
        #expect(authorization.contains("/eu-west-1/sqs/aws4_request, SignedHeaders=content-type;host;x-amz-date;"))
    }

    @Test(
        "throttling is waited out, whatever was asked for",
        arguments: [
            error(400, "ThrottlingException"), error(400, "ProvisionedThroughputExceededException"),
            error(403, "RequestThrottled"), .answer(503, [], "<Error><Code>SlowDown</Code></Error>"),
            .answer(429), error(400, "TransactionInProgressException"),
        ])
    func throttled(_ reaction: FakeServer.Reaction) async throws {
        let server = try await FakeServer.start { _, number in number < 2 ? reaction : Self.done }
        try await bench(server) { bench in
            _ = try await bench.call(isRepeatable: false)
            #expect(bench.pauses.count == 2)
        }
        #expect(server.requests.count == 3)
    }

    @Test("each attempt is counted once, by its answer's status or as one without an answer")
    func counts() async throws {
        let server = try await FakeServer.start { _, number in
            switch number {
            case 0: .answer(503)
            case 1: .hangUp
            case 2: .answer(503)
            default: Self.done
            }
        }
        try await bench(server) { bench in
            _ = try await bench.call()
            #expect(bench.calls() == [503: 2, nil: 1, 200: 1])
            _ = try await bench.call()
            #expect(bench.calls() == [200: 1])
        }
    }

    @Test("a service that names a pause gets it")
    func retryAfter() async throws {
        let server = try await FakeServer.start { _, number in
            number == 0 ? .answer(429, [("Retry-After", "7")]) : Self.done
        }
        try await bench(server) { bench in
            _ = try await bench.call()
            #expect(bench.pauses == [.seconds(7)])
        }
    }

    @Test("trouble of the service's own, and a lost answer, are tried again where that is harmless")
    func uncertain() async throws {
        for reaction in [Self.error(500, "InternalFailure"), .answer(503), .answer(502, [], "<html>"), .hangUp] {
            let server = try await FakeServer.start { _, number in number == 0 ? reaction : Self.done }
            try await bench(server) { bench in
                _ = try await bench.call()
                await #expect(throws: Never.self) { try await bench.call() }
            }
            #expect(server.requests.count == 3)
            let other = try await FakeServer.start { _, number in number == 0 ? reaction : Self.done }
            try await bench(other) { bench in
                let error = await #expect(throws: ServiceError.self) { try await bench.call(isRepeatable: false) }
                #expect(error?.isTransient == true)
            }
            #expect(other.requests.count == 1)
        }
    }

    @Test("an answer that does not come in time is not waited for")
    func silence() async throws {
        let server = try await FakeServer.start { _, number in number == 0 ? .silence : Self.done }
        try await bench(server) { bench in
            await #expect(throws: ServiceError.timedOut(endpoint: server.url, seconds: 0)) {
                try await bench.call(isRepeatable: false, timeout: .milliseconds(200))
            }
            _ = try await bench.call()
        }
    }

    @Test("cancelling ends a call at once, and says so")
    func cancelled() async throws {
        let server = try await FakeServer.start { _, _ in .silence }
        try await bench(server) { bench in
            let call = Task { try await bench.call(timeout: .seconds(3600)) }
            _ = await server.request(after: 0)
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
        }
    }

    @Test("where nothing listens, that is said in a sentence, after as many attempts as are allowed")
    func unreachable() async throws {
        let server = try await FakeServer.start { _, _ in Self.done }
        try await server.stop()
        try await bench(server) { bench in
            let error = await #expect(throws: ServiceError.self) { try await bench.call(isRepeatable: false) }
            #expect(error?.description == "Nothing answers at \(server.url): the connection was refused.")
            #expect(bench.pauses.count == 3)
        }
    }

    @Test("a name that is not known is said in a sentence")
    func unknownName() async throws {
        let bench = try Bench("http://speaktracker.invalid:9", attempts: 1)
        let error = await #expect(throws: ServiceError.self) { try await bench.call() }
        #expect(error?.label == "unreachable")
        try await bench.close()
    }

    @Test("while a service is down, the quota ends retries for every call")
    func quota() async throws {
        let server = try await FakeServer.start { _, _ in .answer(500) }
        let quota = RetryQuota(capacity: 25)
        try await bench(server, quota: quota) { bench in
            for _ in 0..<10 { await #expect(throws: ServiceError.self) { try await bench.call() } }
        }
        #expect(server.requests.count == 10 + 5)
    }

    @Test(
        "who may not call is told in one sentence, once",
        arguments: [
            ("UnrecognizedClientException", "credentials_refused"), ("InvalidClientTokenId", "credentials_refused"),
            ("SignatureDoesNotMatch", "credentials_refused"), ("AccessDeniedException", "forbidden"),
        ])
    func refused(_ code: String, _ label: String) async throws {
        let server = try await FakeServer.start { _, _ in Self.error(403, code) }
        try await bench(server) { bench in
            let error = await #expect(throws: ServiceError.self) { try await bench.call() }
            #expect(error?.label == label)
            #expect(error?.description.contains("\n") == false)
        }
        #expect(server.requests.count == 1)
    }

    @Test("an error of the call's own reaches the caller with its code, once")
    func fault() async throws {
        let server = try await FakeServer.start { _, _ in Self.error(400, "QueueDoesNotExist", "gone") }
        try await bench(server) { bench in
            let fault = await #expect(throws: ServiceFault.self) { try await bench.call() }
            #expect((fault?.code, fault?.message, fault?.status) == ("QueueDoesNotExist", "gone", 400))
        }
        #expect(server.requests.count == 1)
    }

    /// Gives other credentials each time it is asked.
    private final class Renewing: CredentialsSource {
        let name = "a test"
        private let count = Mutex(0)

        func credentials() async throws -> AccessCredentials? {
            let number = count.withLock { count in
                count += 1
                return count
            }
            return AccessCredentials(keyID: "id-\(number)", secret: "secret")
        }
    }

    @Test("credentials that have ended are replaced, and the call goes on")
    func expired() async throws {
        let server = try await FakeServer.start { _, number in
            number == 0 ? Self.error(400, "ExpiredTokenException") : Self.done
        }
        try await bench(server, source: Renewing()) { bench in
            _ = try await bench.call(isRepeatable: false)
            #expect(bench.pauses.isEmpty)
        }
        let keys = server.requests.map { $0.headers["Authorization"].first?.contains("id-2") }
        #expect(keys == [false, true])
    }

    @Test("credentials that are replaced in vain are told of")
    func expiredForGood() async throws {
        let server = try await FakeServer.start { _, _ in Self.error(400, "ExpiredToken") }
        try await bench(server, source: Renewing()) { bench in
            await #expect(throws: ServiceError.credentialsExpired(service: "SQS")) { try await bench.call() }
        }
        #expect(server.requests.count == 2)
    }

    @Test("a clock that is wrong is set by the service's")
    func skew() async throws {
        let server = try await FakeServer.start { request, _ in
            request.headers["X-Amz-Date"] == ["20151021T072800Z"]
                ? Self.done
                : .answer(
                    403, [("Date", "Wed, 21 Oct 2015 07:28:00 GMT")],
                    #"{"__type":"InvalidSignatureException","message":"Signature not yet current: no"}"#)
        }
        try await bench(server) { bench in
            _ = try await bench.call(isRepeatable: false)
            _ = try await bench.call()
        }
        #expect(server.requests.count == 3)
    }

    @Test("an answer that is no JSON is told of")
    func unreadable() async throws {
        let server = try await FakeServer.answering(200, "<html>")
        try await bench(server) { bench in
            let error = await #expect(throws: ServiceError.self) { try await bench.call() }
            #expect(error?.label == "unreadable")
        }
    }

    @Test("calls one after another use one connection")
    func keptConnections() async throws {
        let server = try await FakeServer.start { _, _ in Self.done }
        try await bench(server) { bench in for _ in 0..<20 { _ = try await bench.call() } }
        #expect(server.connectionCount == 1)
    }
}
