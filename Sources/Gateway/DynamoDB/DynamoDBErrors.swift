import Documents
import JSON

/// Errors as the Amazon DynamoDB API reference words them.
extension AWSError {
    private static func dynamoDB(_ name: String, _ message: String, status: Int = 400) -> AWSError {
        var error = AWSError(name, message, status: status)
        error.namespace = "com.amazonaws.dynamodb.v20120810"
        return error
    }

    static func validation(_ message: String) -> AWSError {
        var error = AWSError("ValidationException", message)
        error.namespace = "com.amazon.coral.validate"
        return error
    }

    /// A parameter does not keep the service model's own constraints.
    ///
    /// - Parameters:
    ///   - value: As AWS shows it.
    ///   - place: The parameter's path, as in `keySchema.1.member.keyType`.
    ///   - rule: What comes after "Member must".
    static func constraint(_ value: String, at place: String, _ rule: String) -> AWSError {
        .constraints([Self.fault(value, at: place, rule)])
    }

    /// - Parameter faults: One or more, as ``fault(_:at:_:)`` words them.
    static func constraints(_ faults: [String]) -> AWSError {
        .validation(
            "\(faults.count) validation error\(faults.count == 1 ? "" : "s") detected: "
                + faults.joined(separator: "; "))
    }

    static func fault(_ value: String, at place: String, _ rule: String) -> String {
        "Value '\(value)' at '\(place)' failed to satisfy constraint: Member must \(rule)"
    }

    /// - Parameter bounds: What the length may be; it is not.
    static func length(_ value: String, at place: String, _ length: Int, in bounds: ClosedRange<Int>) -> AWSError {
        .constraint(
            value, at: place,
            length < bounds.lowerBound
                ? "have length greater than or equal to \(bounds.lowerBound)"
                : "have length less than or equal to \(bounds.upperBound)")
    }

    static func invalidParameters(_ reason: String) -> AWSError {
        .validation("One or more parameter values were invalid: \(reason)")
    }

    static func resourceNotFound(_ message: String) -> AWSError { dynamoDB("ResourceNotFoundException", message) }

    static func resourceInUse(_ message: String) -> AWSError { dynamoDB("ResourceInUseException", message) }

    static func tableNotFound(_ name: String) -> AWSError {
        .resourceNotFound("Requested resource not found: Table: \(name) not found")
    }

    /// What the operations about backups call it.
    static func noTableToBackUp(_ name: String) -> AWSError {
        dynamoDB("TableNotFoundException", "Table not found: \(name)")
    }

    static func conditionFailed(_ item: Item?) -> AWSError {
        var error = dynamoDB("ConditionalCheckFailedException", "The conditional request failed")
        if let item { error.details["Item"] = item.json }
        return error
    }

    /// - Parameter showsItem: For each write, whether it asked for the item that was in the way.
    static func transactionCancelled(_ reasons: [CancellationReason], showsItem: [Bool]) -> AWSError {
        var error = dynamoDB(
            "TransactionCanceledException",
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
                + "[\(reasons.map(\.label).joined(separator: ", "))]")
        error.details["CancellationReasons"] = .array(
            zip(reasons, showsItem).map { reason, showsItem in
                var members: [String: JSONValue] = ["Code": .string(reason.label)]
                switch reason {
                case .none: break
                case .conditionFailed(let old):
                    members["Message"] = "The conditional request failed"
                    if showsItem, let old { members["Item"] = old.json }
                case .conflict: members["Message"] = "Transaction is ongoing for the item"
                case .invalid(let message): members["Message"] = .string(message)
                }
                return .object(members)
            })
        return error
    }

    /// What went wrong in the store.
    init(_ error: DocumentError) {
        switch error {
        case .conditionFailed: self = .conditionFailed(nil)
        case .transactionCancelled(let reasons):
            self = .transactionCancelled(reasons, showsItem: reasons.map { _ in false })
        case .noSuchTable: self = .resourceNotFound("Requested resource not found")
        case .tableExists(let name): self = .resourceInUse("Table already exists: \(name)")
        case .noSuchIndex(let name, _): self = .validation("The table does not have the specified index: \(name)")
        case .indexIsBackfilling(let name):
            self = .validation("Cannot read from backfilling global secondary index: \(name)")
        case .tokenMismatch:
            self = Self.dynamoDB("IdempotentParameterMismatchException", "The client request token was used before")
        case .invalid(let reason): self = .validation(reason)
        case .unavailable(let reason):
            self = Self.dynamoDB("InternalServerError", "Internal server error: \(reason)", status: 500)
        }
    }
}
