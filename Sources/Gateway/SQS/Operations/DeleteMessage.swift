import JSON
import Queueing

extension Operation {
    /// A receipt that is stale deletes nothing and is no error, as at AWS; but one of a FIFO queue whose lease has ended
    /// while the message is still there is refused.
    static let deleteMessage = Operation(
        "DeleteMessage", input: [.init("QueueUrl", .string), .init("ReceiptHandle", .string)]
    ) { call in
        let handle = try call.string("ReceiptHandle")
        let queue = try await call.queue()
        if try await queue.delete([queue.receipt(handle)]) == [.expired] { throw AWSError.expiredReceipt(handle) }
        return [:]
    }
}

extension MessageQueue {
    /// - Throws: `ReceiptHandleIsInvalid` for what was never a receipt.
    func receipt(_ handle: String) throws(AWSError) -> Receipt {
        let receipt = Receipt(handle: handle)
        guard isReceipt(receipt) else { throw .invalidReceipt(handle) }
        return receipt
    }
}
