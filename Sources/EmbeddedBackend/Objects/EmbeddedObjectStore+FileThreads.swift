import Foundation

extension EmbeddedObjectStore {
    /// A few threads for calls that wait for the disk, so that the threads of Swift's tasks never do.
    struct FileThreads: Sendable {
        /// Enough for a disk to sync several bodies at once.
        private static let count = 16

        private let queue = OperationQueue()

        init() {
            queue.name = "speaktracker.objects"
            queue.maxConcurrentOperationCount = Self.count
        }

        func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
            try await withCheckedThrowingContinuation { caller in
                queue.addOperation { caller.resume(with: Result(catching: work)) }
            }
        }

        /// Does work that nobody waits for.
        func start(_ work: @escaping @Sendable () -> Void) { queue.addOperation(work) }
    }
}
