import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Synchronization
import Testing

@testable import Gateway

@Suite("watching a connection")
struct ConnectionWatchTests {
    private let head = HTTPRequestPart.head(HTTPRequest(method: .post, scheme: "http", authority: "x", path: "/"))

    private func channel(_ hangUp: HangUp = HangUp()) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: ConnectionWatch(metrics: HTTPMetrics(), hangUp: hangUp))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    @Test("a body that does not end within a minute ends the connection")
    func slowBody() throws {
        let channel = try channel()
        try channel.writeInbound(head)
        channel.embeddedEventLoop.advanceTime(by: .seconds(59))
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "a")))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test("a request that arrived whole may take as long as it likes to be answered, and so may the next one")
    func whole() throws {
        let channel = try channel()
        for _ in 0..<2 {
            try channel.writeInbound(head)
            channel.embeddedEventLoop.advanceTime(by: .seconds(30))
            try channel.writeInbound(HTTPRequestPart.end(nil))
            channel.embeddedEventLoop.advanceTime(by: .seconds(600))
            #expect(channel.isActive)
        }
        _ = try channel.finish()
    }

    @Test(
        "work for a client that goes, or of a server that stops, is cancelled, be it begun before or after",
        .timeLimit(.minutes(1)), arguments: [ChannelEvent.inputClosed, ChannelShouldQuiesceEvent()] as [any Sendable])
    func hangUp(event: any Sendable) async throws {
        let hangUp = HangUp()
        let channel = try channel(hangUp)
        let (began, begin) = AsyncStream<Void>.makeStream()
        let working = Task {
            try await hangUp.cancelling {
                begin.yield()
                try await Task.sleep(for: .seconds(3600))
            }
        }
        for await _ in began { break }
        channel.pipeline.fireUserInboundEventTriggered(event)
        await #expect(throws: CancellationError.self) { try await working.value }
        await #expect(throws: CancellationError.self) {
            try await hangUp.cancelling { try await Task.sleep(for: .seconds(3600)) }
        }
        _ = try channel.finish()
    }

    @Test("work whose caller is cancelled is cancelled with it", .timeLimit(.minutes(1)))
    func cancelledCaller() async throws {
        let hangUp = HangUp()
        let caller = Task { try await hangUp.cancelling { try await Task.sleep(for: .seconds(3600)) } }
        caller.cancel()
        await #expect(throws: CancellationError.self) { try await caller.value }
        #expect(try await hangUp.cancelling { 7 } == 7)
    }
}
