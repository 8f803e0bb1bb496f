import JSON
import Queueing

extension Operation {
    static let deleteMessageBatch = Operation(
        "DeleteMessageBatch",
        input: [
            .init("QueueUrl", .string),
            .init(
                "Entries",
                .list(
                    .structure([.init("Id", .string), .init("ReceiptHandle", .string)]),
                    name: "DeleteMessageBatchRequestEntry")),
        ],
        output: Batch.output("DeleteMessageBatchResultEntry")
    ) { call in
        let queue = try await call.queue()
        let entries = try Batch.entries(of: call, "DeleteMessageBatchRequestEntry")
        let receipts = entries.map { entry in
            Result { () throws(AWSError) in try queue.receipt(entry.entry["ReceiptHandle"]?.string ?? "") }
        }
        // Each bad one is answered for itself below.
        let good = receipts.compactMap { try? $0.get() }
        var deletions = (good.isEmpty ? [] : try await queue.delete(good))[...]
        return Batch.answer(
            zip(entries, receipts).map { entry, receipt in
                (
                    entry.id,
                    receipt.flatMap { receipt in
                        deletions.removeFirst() == .expired ? .failure(.expiredReceipt(receipt.handle)) : .success([:])
                    }
                )
            })
    }
}
