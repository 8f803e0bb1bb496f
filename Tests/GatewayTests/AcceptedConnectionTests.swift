import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Gateway

/// What becomes of connections that a server which stops has accepted and does not serve.
///
/// Without ``AcceptedConnection`` the first of these ends the process.
@Suite("accepted connections")
struct AcceptedConnectionTests {
    private func connect(_ channel: NIOAsyncTestingChannel) async throws -> AcceptedConnection {
        let connection = try await channel.testingEventLoop.executeInContext {
            AcceptedConnection(
                try NIOAsyncChannel(wrappingChannelSynchronously: channel),
                executor: EventLoopTaskExecutor(loop: channel.testingEventLoop), answered: {})
        }
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).get()
        return connection
    }

    @Test("one that nobody serves is closed")
    func dropped() async throws {
        let channel = NIOAsyncTestingChannel()
        _ = try await connect(channel)
        try await channel.closeFuture.get()
        #expect(!channel.isActive)
    }

    @Test("one that is served is left to who serves it")
    func taken() async throws {
        let channel = NIOAsyncTestingChannel()
        let served = try await connect(channel).take()
        #expect(channel.isActive)
        try await served.executeThenClose { _, outbound in
            try await outbound.write(.end(nil))
            #expect(channel.isActive)
        }
        #expect(!channel.isActive)
    }
}
