import Synchronization

/// A request to a service, by words of which there are few.
package struct OutgoingCall: Hashable, Comparable, Sendable {
    /// `sqs`, `dynamodb`, `s3` or `sts`.
    package let service: String
    /// As the service names it: `ReceiveMessage`.
    package let operation: String
    /// The answer's; `nil` where none came.
    package let status: Int?

    package init(service: String, operation: String, status: Int?) {
        self.service = service
        self.operation = operation
        self.status = status
    }

    package static func < (one: Self, other: Self) -> Bool {
        (one.service, one.operation, one.status ?? 0) < (other.service, other.operation, other.status ?? 0)
    }
}

/// Requests to services, counted: each attempt, also one that never arrived.
package final class OutgoingCalls: Sendable {
    private let counts = Mutex<[OutgoingCall: Int]>([:])

    package init() {}

    package func note(_ call: OutgoingCall, count: Int = 1) { counts.withLock { $0[call, default: 0] += count } }

    /// What has been counted since this was last asked.
    package func take() -> [OutgoingCall: Int] {
        counts.withLock { counts in
            defer { counts = [:] }
            return counts
        }
    }
}
