import JSON
import Queueing

/// SendMessageBatch and DeleteMessageBatch, whose entries succeed and fail one by one.
struct QueueBatches: Sendable {
    let name: String
    let url: String
    let sqs: SQSClient

    private var isFIFO: Bool { name.hasSuffix(QueueConfiguration.fifoSuffix) }

    /// A FIFO queue knows a repeated message by its deduplication id, or by its body; a standard queue would keep two.
    func send(_ messages: [OutgoingMessage]) async throws -> [Result<SentMessage, any Error>] {
        let entries = messages.enumerated().map { MessageJSON.entry($0.element, id: "\($0.offset)") }
        return try await outcomes("SendMessageBatch", entries, isRepeatable: isFIFO) { success in
            guard let id = success["MessageId"]?.string else {
                throw ServiceError.unreadable(service: Service.sqs.name, reason: "a sent message has no id.")
            }
            return SentMessage(id: MessageID(id), sequenceNumber: success["SequenceNumber"]?.string)
        }
    }

    func delete(_ receipts: [Receipt]) async throws -> [Deletion] {
        let entries: [JSONValue] = receipts.enumerated().map {
            ["Id": .string("\($0.offset)"), "ReceiptHandle": .string($0.element.handle)]
        }
        return try await outcomes("DeleteMessageBatch", entries, isRepeatable: true) { _ in Deletion.deleted }
            .map { outcome in
                do { return try outcome.get() } catch QueueError.leaseLost { return .stale } catch {
                    return try Self.deletion(error)
                }
            }
    }

    private static func deletion(_ error: any Error) throws -> Deletion {
        guard case ServiceError.refused(_, _, let message, _) = error, message.contains("expired") else { throw error }
        return .expired
    }

    private func outcomes<Success: Sendable>(
        _ operation: String, _ entries: [JSONValue], isRepeatable: Bool,
        _ success: (JSONValue) throws -> Success
    ) async throws -> [Result<Success, any Error>] {
        let answer = try await sqs.call(
            operation, ["QueueUrl": .string(url), "Entries": .array(entries)], queue: name, isRepeatable: isRepeatable)
        var outcomes: [String: Result<Success, any Error>] = [:]
        for entry in answer["Successful"]?.array ?? [] {
            outcomes[entry["Id"]?.string ?? ""] = Result { try success(entry) }
        }
        for entry in answer["Failed"]?.array ?? [] {
            outcomes[entry["Id"]?.string ?? ""] = .failure(failure(entry))
        }
        return try entries.indices.map { index in
            guard let outcome = outcomes["\(index)"] else {
                throw ServiceError.unreadable(service: Service.sqs.name, reason: "an entry of a batch has no answer.")
            }
            return outcome
        }
    }

    /// An entry that failed by the service's own fault may succeed later.
    private func failure(_ entry: JSONValue) -> any Error {
        if entry["SenderFault"]?.bool == false {
            return QueueError.unavailable(
                reason: "SQS failed for one entry of a batch (\(entry["Code"]?.string ?? "?")).")
        }
        return SQSClient.error(ofEntry: entry, queue: name)
    }
}
