import JSON
import Queueing

/// The rules that SQS has for every batch, and its answer.
enum Batch {
    /// The entries, by their identifiers' order.
    ///
    /// - Throws: The error for a batch that is empty or too large, or whose identifiers are not good.
    static func entries(of call: Call, _ entryName: String) throws(AWSError) -> [(id: String, entry: JSONValue)] {
        guard let entries = call.input["Entries"]?.array, !entries.isEmpty else {
            throw AWSError(
                "EmptyBatchRequest", code: "AWS.SimpleQueueService.EmptyBatchRequest",
                "There should be at least one \(entryName) in the request.")
        }
        guard entries.count <= QueueLimits.batch.upperBound else {
            throw AWSError(
                "TooManyEntriesInBatchRequest", code: "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
                "Maximum number of entries per request are 10. You have sent \(entries.count).")
        }
        var seen: Set<String> = []
        var result: [(id: String, entry: JSONValue)] = []
        for entry in entries {
            guard let id = entry["Id"]?.string else { throw .missingParameter("\(entryName).Id") }
            guard isGood(id) else {
                throw AWSError(
                    "InvalidBatchEntryId", code: "AWS.SimpleQueueService.InvalidBatchEntryId",
                    "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."
                )
            }
            guard seen.insert(id).inserted else {
                throw AWSError(
                    "BatchEntryIdsNotDistinct", code: "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
                    "Id \(id) repeated.")
            }
            result.append((id, entry))
        }
        return result
    }

    private static func isGood(_ id: String) -> Bool {
        (1...80).contains(id.utf8.count)
            && id.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_")
            }
    }

    /// What came of each entry: an answer or an error.
    static func answer(_ outcomes: [(id: String, outcome: Result<[String: JSONValue], AWSError>)]) -> JSONValue {
        var successful: [JSONValue] = []
        var failed: [JSONValue] = []
        for (id, outcome) in outcomes {
            switch outcome {
            case .success(let members): successful.append(.object(members.merging(["Id": .string(id)]) { $1 }))
            case .failure(let error):
                failed.append([
                    "Id": .string(id), "SenderFault": .bool(error.isSender), "Code": .string(error.code),
                    "Message": .string(error.message),
                ])
            }
        }
        var answer: [String: JSONValue] = ["Successful": .array(successful)]
        if !failed.isEmpty { answer["Failed"] = .array(failed) }
        return .object(answer)
    }

    static func output(_ entryName: String, _ members: [Shape.Member] = []) -> [Shape.Member] {
        [
            .init("Successful", .list(.structure([.init("Id", .string)] + members), name: entryName)),
            .init(
                "Failed",
                .list(
                    .structure([
                        .init("Id", .string), .init("SenderFault", .boolean), .init("Code", .string),
                        .init("Message", .string),
                    ]), name: "BatchResultErrorEntry")),
        ]
    }
}
