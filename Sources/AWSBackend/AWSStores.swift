package import Telemetry

/// The three stores on AWS, or on what speaks its protocols.
package struct AWSStores: Sendable {
    package let queues: AWSQueueService
    package let documents: AWSDocumentStore
    package let objects: AWSObjectStore
    private let transport: Transport

    /// What these stores have asked of services.
    package var calls: OutgoingCalls { transport.calls }

    /// Finds out where the services are and who calls; nothing is asked of them yet.
    ///
    /// - Parameter patience: How many times as long as usual calls may take: for services that share busy processors with
    ///   their callers.
    /// - Throws: ``ServiceError/badConfiguration(_:)``.
    package init(_ configuration: AWSConfiguration, patience: Int = 1) async throws {
        transport = Transport(patience: patience)
        let client: ServiceClient
        do { client = try await configuration.client(transport) } catch {
            try await transport.close()
            throw error
        }
        queues = AWSQueueService(client)
        documents = AWSDocumentStore(client)
        objects = AWSObjectStore(client)
    }

    /// Ends the connections.
    package func close() async throws { try await transport.close() }
}
