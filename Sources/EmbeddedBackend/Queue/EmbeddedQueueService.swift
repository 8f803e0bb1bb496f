/// The queues of a data folder.
package final class EmbeddedQueueService: Sendable {
    private let storage: Storage

    init(storage: Storage) { self.storage = storage }

    func close() {}

    func timeHasMoved() {}
}
