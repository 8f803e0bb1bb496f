import JSON
import Queueing

extension Operation {
    /// Sends up to ten messages with one write; those that are not good fail alone.
    static let sendMessageBatch = Operation(
        "SendMessageBatch",
        input: [
            .init("QueueUrl", .string),
            .init(
                "Entries",
                .list(.structure([.init("Id", .string)] + MessageEntry.sent), name: "SendMessageBatchRequestEntry")),
        ],
        output: Batch.output("SendMessageBatchResultEntry", MessageEntry.answerMembers)
    ) { call in
        let queue = try await call.queue()
        let entries = try Batch.entries(of: call, "SendMessageBatchRequestEntry")
        let configuration = try await queue.configuration()
        let messages = entries.map { entry in
            Result { () throws(AWSError) in try MessageEntry.outgoing(entry.entry, to: configuration) }
        }
        // Each bad one is answered for itself below.
        let good = messages.compactMap { try? $0.get().traced(by: call.traceHeader) }
        let bytes = good.reduce(0) { $0 + $1.bytes }
        guard bytes <= QueueLimits.maximumBatchBytes else {
            throw AWSError(
                "BatchRequestTooLong", code: "AWS.SimpleQueueService.BatchRequestTooLong",
                "Batch requests cannot be longer than \(QueueLimits.maximumBatchBytes) bytes. You have sent \(bytes) bytes."
            )
        }
        var sent = (good.isEmpty ? [] : try await queue.send(good))[...]
        return Batch.answer(
            zip(entries, messages).map { entry, message in
                (entry.id, message.map { MessageEntry.answer(sent.removeFirst(), $0) })
            })
    }
}
