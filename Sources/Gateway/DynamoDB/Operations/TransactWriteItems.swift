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
        let parts = try call.transactItems().map { try TransactionPart($0) }
        let token = try call.transactionToken()
        var capacity = try ConsumedCapacity(call, isTransaction: true)
        var collections = try ItemCollections(call)
        var tables: [TableSchema] = []
        for part in parts { tables.append(try await call.table(in: part.json).schema) }
        let writes = zip(parts, tables).map { DocumentWrite(table: $1.name, $0.action, if: $0.condition) }
        let result: TransactionResult?
        do {
            result = try await call.documents.transact(writes, token: token)
        } catch DocumentError.transactionCancelled(let reasons) {
            throw AWSError.transactionCancelled(reasons, showsItem: parts.map(\.showsItem))
        }
        for (write, table) in zip(result?.writes ?? [], tables) {
            if result?.wasRepeated ?? false {
                capacity.read(write.new?.sizeInBytes ?? 0, from: table.name, consistent: true)
            } else {
                capacity.write(write, to: table)
                collections.add(write, to: table)
            }
        }
        return .object(capacity.members().merging(collections.members()) { $1 })
    }
}

extension Call {
    fileprivate func transactionToken() throws(AWSError) -> TransactionToken? {
        guard let text = input["ClientRequestToken"]?.string else { return nil }
        guard (1...36).contains(text.utf8.count) else {
            throw .length(text, at: "clientRequestToken", text.utf8.count, in: 1...36)
        }
        let asked = input["TransactItems"]?.utf8 ?? []
        return TransactionToken(text: text, digest: Array(SHA256.hash(data: asked)))
    }
}

/// One write of a transaction, as it was asked.
private struct TransactionPart {
    let json: JSONValue
    let action: DocumentWrite.Action
    let condition: Condition?
    let showsItem: Bool

    init(_ item: JSONValue) throws {
        let kinds = ["ConditionCheck", "Put", "Delete", "Update"].filter { item[$0]?.object != nil }
        guard kinds.count == 1, let part = item[kinds[0]] else {
            throw AWSError.validation("TransactItems can only contain one of Check, Put, Update or Delete")
        }
        json = part
        let expressions = kinds[0] == "Update" ? ["UpdateExpression", "ConditionExpression"] : ["ConditionExpression"]
        var request = try ItemRequest(part, expressions: expressions)
        showsItem = try ItemWrite.showsItem(part)
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
        condition = try request.condition()
        try request.end()
    }
}
