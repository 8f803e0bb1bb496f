import JSON
import NIOHTTP1
import Objects
import Queueing
import Synchronization
import TestSupport
import Testing

@testable import AWSBackend

/// What a queue and a bucket make of services that answer late, over and over, or not.
@Suite("a queue and a bucket at AWS", .timeLimit(.minutes(1)))
struct AWSQueueTests {
    private static func client(_ server: FakeServer, _ transport: Transport) throws -> ServiceClient {
        let clock = TestClock()
        let endpoints = try Endpoints(
            region: "eu-west-1", everything: server.url, environment: Environment([:]), shared: nil, profile: "default")
        return ServiceClient(
            transport: transport, credentials: nil, endpoints: endpoints, now: { clock.now }, pause: { _ in })
    }

    private func withQueue(
        _ react: @escaping @Sendable (_ operation: String, FakeServer.Request) -> FakeServer.Reaction,
        _ body: (any MessageQueue, FakeServer) async throws -> Void
    ) async throws {
        let server = try await FakeServer.start { request, _ in
            let operation = request.headers["X-Amz-Target"].first?.split(separator: ".").last.map(String.init) ?? ""
            if operation == "GetQueueUrl" { return .answer(200, [], #"{"QueueUrl":"http://q/000000000000/q"}"#) }
            return react(operation, request)
        }
        let transport = Transport()
        let service = AWSQueueService(try Self.client(server, transport))
        let result: Result<Void, any Error>
        do { result = .success(try await body(try await service.queue(named: "q"), server)) } catch {
            result = .failure(error)
        }
        try await transport.close()
        try result.get()
    }

    @Test("an extension of a lease whose answer is lost is asked for again long before the lease ends")
    func lostExtension() async throws {
        let calls = Mutex(0)
        try await withQueue({ _, _ in
            let call = calls.withLock { calls in
                calls += 1
                return calls
            }
            return call == 1 ? .silence : .answer(200, [], "{}")
        }) { queue, _ in
            let start = ContinuousClock.now
            try await queue.changeVisibility(of: Receipt(handle: "r"), to: .seconds(12))
            #expect(ContinuousClock.now - start < .seconds(12))
            #expect(calls.withLock { $0 } == 2)
        }
    }

    private static func messages(_ ids: [String]) -> String {
        let all = ids.map {
            #"{"MessageId":"\#($0)","ReceiptHandle":"r","Body":"b","Attributes":{"SentTimestamp":"1","ApproximateFirstReceiveTimestamp":"1","ApproximateReceiveCount":"1"}}"#
        }
        return #"{"Messages":[\#(all.joined(separator: ","))]}"#
    }

    @Test("looking at dead letters ends when they come again, and does not take a server's silence for the end")
    func peek() async throws {
        let receives = Mutex(0)
        try await withQueue({ operation, _ in
            switch operation {
            case "ReceiveMessage":
                let receive = receives.withLock { receives in
                    receives += 1
                    return receives
                }
                return .answer(200, [], Self.messages(receive == 1 ? [] : receive == 3 ? ["b", "c"] : ["a", "b"]))
            case "GetQueueAttributes": return .answer(200, [], #"{"Attributes":{}}"#)
            default: return .answer(200, [], "{}")
            }
        }) { queue, _ in
            let seen = try await queue.peek(maximum: 1000)
            #expect(Set(seen.map(\.id.description)) == ["a", "b", "c"])
            #expect(receives.withLock { $0 } == 4)
        }
    }

    @Test(
        "an object that S3 refuses is told apart from a bucket that it refuses",
        arguments: ["InvalidObjectState", "AccessDenied", "KMS.DisabledException"])
    func refusedObject(_ code: String) async throws {
        let server = try await FakeServer.answering(403, "<Error><Code>\(code)</Code><Message>No.</Message></Error>")
        let transport = Transport()
        let store = AWSObjectStore(try Self.client(server, transport))
        let error = await #expect(throws: ObjectError.self) { try await store.get("a", in: "bucket", range: nil) }
        #expect(error?.label == "refused")
        await #expect(throws: ServiceError.self) {
            try await store.list(prefix: "", after: nil, limit: 1, in: "bucket")
        }
        try await transport.close()
    }
}
