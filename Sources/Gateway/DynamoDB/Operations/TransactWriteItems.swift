import Crypto
import Documents
import JSON
import SpeakModel

extension Operation {
    /// Up to a hundred writes, all of them or none.
    static let transactWriteItems = Operation(
        "TransactWriteItems",
        input: [
            .init("TransactItems", .any), .init("ClientRequestToken", .string),
            .init("ReturnConsumedCapacity", .string), .init("ReturnItemCollectionMetrics", .string),
        ]
    ) { call in
        var writes: [DocumentWrite] = []
        var tables: [TableDescription] = []
        var showsItem: [Bool] = []
        for item in try call.transactItems() {
            let (write, table, shows) = try await call.transactWrite(item)
            writes.append(write)
            tables.append(table)
            showsItem.append(shows)
        }
        var capacity = try ConsumedCapacity(call)
        do {
            try await call.documents.transact(writes, token: try call.transactionToken())
        } catch DocumentError.transactionCancelled(let reasons) {
            throw AWSError.transactionCancelled(reasons, showsItem: showsItem)
        }
        for (write, table) in zip(writes, tables) {
            var new: Item?
            if case .put(let item) = write.action { new = item }
            capacity.write(WriteResult(old: nil, new: new), to: table.schema, factor: 2)
        }
        return .object(capacity.members())
    }
}

extension Call {
    fileprivate func transactionToken() throws(AWSError) -> TransactionToken? {
        guard let text = input["ClientRequestToken"]?.string else { return nil }
        guard (1...36).contains(text.utf8.count) else {
            throw .validation(
                "1 validation error detected: Value '\(text)' at 'clientRequestToken' failed to satisfy constraint: "
                    + "Member must have length \(text.isEmpty ? "greater than or equal to 1" : "less than or equal to 36")"
            )
        }
        let asked = input["TransactItems"]?.utf8 ?? []
        return TransactionToken(text: text, digest: Array(SHA256.hash(data: asked)))
    }

    fileprivate func transactWrite(
        _ item: JSONValue
    ) async throws -> (write: DocumentWrite, table: TableDescription, showsItem: Bool) {
        let kinds = ["ConditionCheck", "Put", "Delete", "Update"].filter { item[$0]?.object != nil }
        guard kinds.count == 1, let part = item[kinds[0]] else {
            throw AWSError.validation(
                "TransactItems can only contain one of Check, Put, Update or Delete")
        }
        let table = try await table(in: part)
        var request = try ItemRequest(part, table, expressions: ["UpdateExpression", "ConditionExpression"])
        let shows = try request.choice("ReturnValuesOnConditionCheckFailure", ["NONE", "ALL_OLD"]) == "ALL_OLD"
        let action: DocumentWrite.Action
        switch kinds[0] {
        case "Put": action = .put(try WireItem.item(part["Item"], "Item"))
        case "Delete": action = .delete(key: try request.key())
        case "Update":
            guard part["UpdateExpression"]?.string != nil else { throw AWSError.missing("UpdateExpression") }
            action = .update(key: try request.key(), try request.update())
        default:
            guard part["ConditionExpression"]?.string != nil else { throw AWSError.missing("ConditionExpression") }
            action = .check(key: try request.key())
        }
        let condition = try request.condition()
        try request.end()
        return (DocumentWrite(table: table.schema.name, action, if: condition), table, shows)
    }
}
