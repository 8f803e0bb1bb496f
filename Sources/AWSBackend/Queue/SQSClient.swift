import JSON
import Queueing

/// SQS's operations, with its errors in the words of queues.
///
/// Source: Amazon SQS API Reference.
struct SQSClient: Sendable {
    let client: ServiceClient

    /// - Parameter queue: The queue's name, for errors.
    func call(
        _ operation: String, _ input: [String: JSONValue], queue: String, isRepeatable: Bool = true,
        timeout: Duration = ServiceCall.usualTimeout
    ) async throws -> JSONValue {
        do {
            return try await client.json(
                .sqs, "AmazonSQS.\(operation)", .object(input), isRepeatable: isRepeatable, timeout: timeout)
        } catch let fault as ServiceFault {
            throw Self.error(fault, queue: queue)
        } catch let error as ServiceError where error.isTransient {
            throw QueueError.unavailable(reason: error.description)
        }
    }

    /// - Returns: `nil` for an error that is the service's alone.
    private static func queueError(_ code: String, _ message: String, queue: String) -> QueueError? {
        switch code {
        case "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue": .noSuchQueue(queue)
        case "QueueNameExists", "QueueAlreadyExists": .queueExists(queue)
        case "MessageNotInflight", "ReceiptHandleIsInvalid", "AWS.SimpleQueueService.MessageNotInflight":
            .leaseLost(nil)
        case "OverLimit": .tooManyInFlight(limit: QueueLimits.maximumInFlight)
        case "PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress", "QueueDeletedRecently",
            "AWS.SimpleQueueService.QueueDeletedRecently":
            .unavailable(reason: message)
        default: nil
        }
    }

    static func error(_ fault: ServiceFault, queue: String) -> any Error {
        if let error = queueError(fault.code, fault.message, queue: queue) { return error }
        // What has become of a message is said under the code of every wrong value.
        if fault.message.contains("not available for visibility timeout change")
            || fault.message.contains("receipt handle has expired")
        {
            return QueueError.leaseLost(nil)
        }
        return fault.error(.sqs)
    }

    /// What went wrong with one entry of a batch.
    static func error(ofEntry entry: JSONValue, queue: String) -> any Error {
        let (code, message) = (entry["Code"]?.string ?? "", entry["Message"]?.string ?? "")
        if let error = queueError(code, message, queue: queue) { return error }
        return ServiceError.refused(service: Service.sqs.name, code: code, message: message, status: 400)
    }
}
