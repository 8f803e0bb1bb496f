import JSON
import Queueing

extension Operation {
    static let changeMessageVisibilityBatch = Operation(
        "ChangeMessageVisibilityBatch",
        input: [
            .init("QueueUrl", .string),
            .init(
                "Entries",
                .list(
                    .structure([
                        .init("Id", .string), .init("ReceiptHandle", .string), .init("VisibilityTimeout", .integer),
                    ]), name: "ChangeMessageVisibilityBatchRequestEntry")),
        ],
        output: Batch.output("ChangeMessageVisibilityBatchResultEntry")
    ) { call in
        let queue = try await call.queue()
        var outcomes: [(id: String, outcome: Result<[String: JSONValue], AWSError>)] = []
        for (id, entry) in try Batch.entries(of: call, "ChangeMessageVisibilityBatchRequestEntry") {
            do {
                try await queue.changeVisibility(entry)
                outcomes.append((id, .success([:])))
            } catch let error as AWSError {
                outcomes.append((id, .failure(error)))
            }
        }
        return Batch.answer(outcomes)
    }
}
