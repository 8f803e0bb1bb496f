import Documents
import JSON

/// DynamoDB's operations, with its errors in the words of documents.
///
/// Source: Amazon DynamoDB API Reference.
struct DynamoDBClient: Sendable {
    let client: ServiceClient

    /// - Parameters:
    ///   - table: The table's name, for errors.
    ///   - isRepeatable: Whether doing it twice leaves what doing it once leaves.
    func call(
        _ operation: String, _ input: [String: JSONValue], table: String = "", isRepeatable: Bool = true
    ) async throws -> JSONValue {
        do {
            return try await client.json(
                .dynamodb, "DynamoDB_20120810.\(operation)", .object(input), isRepeatable: isRepeatable)
        } catch let fault as ServiceFault {
            throw try Self.error(fault, table: table)
        } catch let error as ServiceError where error.isTransient {
            throw DocumentError.unavailable(reason: error.description)
        }
    }

    private static func error(_ fault: ServiceFault, table: String) throws -> any Error {
        switch fault.code {
        case "ConditionalCheckFailedException":
            // The attempt before may have been what changed the item.
            if fault.isAfterUncertainty {
                return DocumentError.unavailable(
                    reason: "an answer was lost, so it is not known whether the write took place.")
            }
            return DocumentError.conditionFailed(old: try fault.json?["Item"].map { try Item(json: $0) })
        case "TransactionCanceledException":
            return DocumentError.transactionCancelled(try reasons(fault))
        case "ResourceNotFoundException", "TableNotFoundException": return DocumentError.noSuchTable(table)
        case "ResourceInUseException", "TableAlreadyExistsException", "TableInUseException":
            return DocumentError.tableExists(table)
        case "IdempotentParameterMismatchException": return DocumentError.tokenMismatch
        case "ValidationException", "ItemCollectionSizeLimitExceededException", "SerializationException":
            return invalid(fault.message, table)
        case "413", "RequestEntityTooLarge":
            return DocumentError.invalid("The request is larger than the service takes.")
        default: return fault.error(.dynamodb)
        }
    }

    private static func invalid(_ message: String, _ table: String) -> DocumentError {
        let missing = "The table does not have the specified index: "
        if message.hasPrefix(missing) {
            return .noSuchIndex(String(message.dropFirst(missing.count)), table: table)
        }
        let backfilling = "Cannot read from backfilling global secondary index: "
        if message.hasPrefix(backfilling) { return .indexIsBackfilling(String(message.dropFirst(backfilling.count))) }
        return .invalid(message)
    }

    private static func reasons(_ fault: ServiceFault) throws -> [CancellationReason] {
        try (fault.json?["CancellationReasons"]?.array ?? []).map { reason in
            switch reason["Code"]?.string {
            case nil, "None": .none
            case "ConditionalCheckFailed":
                .conditionFailed(old: try reason["Item"].flatMap { $0 == .null ? nil : try Item(json: $0) })
            case "ValidationError", "ItemCollectionSizeLimitExceeded": .invalid(reason["Message"]?.string ?? "")
            // Another transaction, or too much traffic: both are gone later.
            default: .conflict
            }
        }
    }
}
