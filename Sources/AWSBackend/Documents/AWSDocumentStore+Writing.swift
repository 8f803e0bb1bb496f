package import Documents
import Foundation
import JSON

extension AWSDocumentStore {
    /// PutItem, UpdateItem or DeleteItem; a lone check is a transaction of one.
    ///
    /// A write whose answer is lost is sent again only where that changes nothing. If the condition of the second one
    /// fails, nobody knows whose write it was: that is ``DocumentError/unavailable(reason:)``.
    @discardableResult
    package func write(_ write: DocumentWrite) async throws -> WriteResult {
        var writer = ExpressionWriter()
        var input: [String: JSONValue] = [
            "TableName": .string(write.table), "ReturnValues": "ALL_OLD",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        ]
        let operation: String
        var isRepeatable = true
        switch write.action {
        case .check:
            try await checkAlone(write)
            return WriteResult(old: nil, new: nil)
        case .put(let item):
            operation = "PutItem"
            input["Item"] = item.json
        case .delete(let key):
            operation = "DeleteItem"
            input["Key"] = key.json
        case .update(let key, let update):
            operation = "UpdateItem"
            input["Key"] = key.json
            input["UpdateExpression"] = writer.update(update).map { .string($0) }
            isRepeatable = update.isRepeatable
        }
        input["ConditionExpression"] = write.condition.map { .string(writer.condition($0)) }
        let answer = try await dynamoDB.call(
            operation, input.merging(writer.members) { $1 }, table: write.table, isRepeatable: isRepeatable)
        let old = try answer["Attributes"].flatMap { $0 == .null ? nil : try Item(json: $0) }
        return WriteResult(old: old, new: try Self.item(after: write.action, old))
    }

    private func checkAlone(_ write: DocumentWrite) async throws {
        do { _ = try await transact([write], token: nil) } catch DocumentError.transactionCancelled(let reasons) {
            switch reasons.first {
            case .conditionFailed(let old): throw DocumentError.conditionFailed(old: old)
            case .invalid(let reason): throw DocumentError.invalid(reason)
            default: throw DocumentError.transactionCancelled(reasons)
            }
        }
    }

    /// DynamoDB gives back the item before an update or after it, not both.
    private static func item(after action: DocumentWrite.Action, _ old: Item?) throws -> Item? {
        switch action {
        case .put(let item): item
        case .delete: nil
        case .update(let key, let update):
            // What only removes from no item makes none.
            old == nil && update.onlyRemoves ? nil : try update.applied(to: old ?? key, keyAttributes: key.keys)
        case .check: old
        }
    }

    /// TransactWriteItems, always with a token: a repeated one is done once.
    package func transact(_ writes: [DocumentWrite], token: TransactionToken?) async throws -> TransactionResult? {
        guard (1...DocumentLimits.transactionWrites).contains(writes.count) else {
            throw DocumentError.invalid("A transaction has 1 to \(DocumentLimits.transactionWrites) writes.")
        }
        let input: [String: JSONValue] = [
            "TransactItems": .array(try writes.map(Self.transactItem)),
            "ClientRequestToken": .string(token?.text ?? UUID().uuidString),
        ]
        _ = try await dynamoDB.call("TransactWriteItems", input, table: writes[0].table)
        return nil
    }

    private static func transactItem(_ write: DocumentWrite) throws -> JSONValue {
        var writer = ExpressionWriter()
        var members: [String: JSONValue] = [
            "TableName": .string(write.table), "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        ]
        let name: String
        switch write.action {
        case .put(let item):
            name = "Put"
            members["Item"] = item.json
        case .delete(let key):
            name = "Delete"
            members["Key"] = key.json
        case .update(let key, let update):
            name = "Update"
            members["Key"] = key.json
            members["UpdateExpression"] = writer.update(update).map { .string($0) }
        case .check(let key):
            guard write.condition != nil else { throw DocumentError.invalid("A check needs a condition.") }
            name = "ConditionCheck"
            members["Key"] = key.json
        }
        members["ConditionExpression"] = write.condition.map { .string(writer.condition($0)) }
        return .object([name: .object(members.merging(writer.members) { $1 })])
    }
}
