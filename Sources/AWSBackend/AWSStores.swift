/// The three stores on AWS, or on what speaks its protocols.
package struct AWSStores: Sendable {
    package let queues: AWSQueueService
    package let documents: AWSDocumentStore
    package let objects: AWSObjectStore
    private let transport: Transport

    /// Finds out where the services are and who calls; nothing is asked of them yet.
    ///
    /// - Throws: ``ServiceError/badConfiguration(_:)``.
    package init(_ configuration: AWSConfiguration) async throws {
        transport = Transport()
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
