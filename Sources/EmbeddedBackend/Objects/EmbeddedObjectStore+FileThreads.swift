import Dispatch
import Foundation
import Synchronization

extension EmbeddedObjectStore {
    /// A few threads for calls that wait for the disk, so that the threads of Swift's tasks never do.
    ///
    /// They are started when they are needed, and end with this.
    final class FileThreads: Sendable {
        /// Enough for a disk to sync several bodies at once.
        private static let count = 16

        private struct State {
            var work: [@Sendable () -> Void] = []
            var idleCount = 0
            var threadCount = 0
        }

        /// What the threads have; they outlive nobody who waits.
        private final class Shared: Sendable {
            let state = Mutex(State())
            let wake = DispatchSemaphore(value: 0)

            /// Does what is there until there is nothing: `nil` in its place ends the thread.
            func work() {
                while true {
                    wake.wait()
                    let next = state.withLock { state -> (@Sendable () -> Void)? in
                        guard !state.work.isEmpty else { return nil }
                        state.idleCount -= 1
                        return state.work.removeFirst()
                    }
                    guard let next else { return }
                    next()
                    state.withLock { $0.idleCount += 1 }
                }
            }
        }

        private let shared = Shared()

        deinit {
            let count = shared.state.withLock(\.threadCount)
            for _ in 0..<count { shared.wake.signal() }
        }

        func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
            try await withCheckedThrowingContinuation { caller in
                start { caller.resume(with: Result(catching: work)) }
            }
        }

        /// Does work that nobody waits for.
        func start(_ work: @escaping @Sendable () -> Void) {
            let needsThread = shared.state.withLock { state in
                state.work.append(work)
                guard state.work.count > state.idleCount, state.threadCount < Self.count else { return false }
                state.threadCount += 1
                state.idleCount += 1
                return true
            }
            if needsThread {
                let thread = Thread { [shared] in shared.work() }
                thread.name = "objects"
                thread.start()
            }
            shared.wake.signal()
        }
    }
}
