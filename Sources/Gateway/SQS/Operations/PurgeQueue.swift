import JSON
import Queueing

extension Operation {
    static let purgeQueue = Operation("PurgeQueue", input: [.init("QueueUrl", .string)]) { call in
        try await call.queue().purge()
        return [:]
    }
}
