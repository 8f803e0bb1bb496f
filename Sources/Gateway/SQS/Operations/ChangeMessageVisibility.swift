import JSON
import Queueing

extension Operation {
    static let changeMessageVisibility = Operation(
        "ChangeMessageVisibility",
        input: [.init("QueueUrl", .string), .init("ReceiptHandle", .string), .init("VisibilityTimeout", .integer)]
    ) { call in
        try await call.queue().changeVisibility(call.input)
        return [:]
    }
}

extension MessageQueue {
    /// Does what the members `ReceiptHandle` and `VisibilityTimeout` say.
    ///
    /// - Throws: ``AWSError``, or a `QueueError` for the store's own troubles.
    func changeVisibility(_ entry: JSONValue) async throws {
        guard let handle = entry["ReceiptHandle"]?.string else { throw AWSError.missingParameter("ReceiptHandle") }
        guard let seconds = entry["VisibilityTimeout"]?.int else {
            throw AWSError.missingParameter("VisibilityTimeout")
        }
        let timeout = try Duration(visibilityTimeout: seconds)
        do {
            try await changeVisibility(of: receipt(handle), to: timeout)
        } catch QueueError.leaseLost {
            throw AWSError.unavailableForChange(handle)
        } catch QueueError.outOfRange {
            throw AWSError.invalidValue(
                "\(seconds)", of: "VisibilityTimeout",
                "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]")
        }
    }
}
