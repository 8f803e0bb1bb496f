import JSON
import Queueing

extension Operation {
    static let purgeQueue = Operation("PurgeQueue", input: [.init("QueueUrl", .string)]) { call in
        let queue = try await call.queue()
        try call.cooldowns.purged(queue.name)
        try await queue.purge()
        return [:]
    }
}
