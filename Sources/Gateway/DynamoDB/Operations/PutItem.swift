import Documents
import JSON
import SpeakModel

extension Operation {
    static let putItem = Operation("PutItem", input: ItemWrite.members + [.init("Item", .any)]) { call in
        var request = try ItemRequest(call.input, expressions: ["ConditionExpression"])
        let item = try WireItem.item(call.input["Item"], "Item")
        let returnsOld = try ItemWrite.returnsOld(call.input)
        let condition = try request.condition()
        try request.end()
        return try await call.write(.put(item), if: condition) { returnsOld ? $0.old : nil }
    }
}

/// What PutItem, UpdateItem and DeleteItem have in common.
enum ItemWrite {
    static let members: [Shape.Member] = [
        .init("TableName", .string), .init("ConditionExpression", .string), .init("ConditionalOperator", .string),
        .init("Expected", .any), .init("ExpressionAttributeNames", .any), .init("ExpressionAttributeValues", .any),
        .init("ReturnValues", .string), .init("ReturnConsumedCapacity", .string),
        .init("ReturnItemCollectionMetrics", .string), .init("ReturnValuesOnConditionCheckFailure", .string),
    ]

    /// The value of ReturnValues; all three operations know all of them by name.
    static func returned(_ input: JSONValue) throws(AWSError) -> String {
        try input.choice(
            "ReturnValues", "NONE", of: ["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"])
    }

    /// Whether an operation that has no new values to give is to give the old.
    static func returnsOld(_ input: JSONValue) throws(AWSError) -> Bool {
        let returned = try returned(input)
        guard ["ALL_OLD", "NONE"].contains(returned) else {
            throw .validation("ReturnValues can only be ALL_OLD or NONE")
        }
        return returned == "ALL_OLD"
    }

    /// Whether an error is to show the item that was in the way.
    static func showsItem(_ input: JSONValue) throws(AWSError) -> Bool {
        try input.choice("ReturnValuesOnConditionCheckFailure", "NONE", of: ["ALL_OLD", "NONE"]) == "ALL_OLD"
    }
}

extension Call {
    /// Writes an item and answers with what was asked for.
    func write(
        _ action: DocumentWrite.Action, if condition: Condition?, returning: (WriteResult) throws -> Item?
    ) async throws -> JSONValue {
        var capacity = try ConsumedCapacity(self)
        var collections = try ItemCollections(self)
        let showsItem = try ItemWrite.showsItem(input)
        let table = try await table().schema
        let result: WriteResult
        do {
            result = try await documents.write(DocumentWrite(table: table.name, action, if: condition))
        } catch DocumentError.conditionFailed(let old) {
            throw AWSError.conditionFailed(showsItem ? old : nil)
        }
        capacity.write(result, to: table)
        collections.add(result, to: table)
        var answer = capacity.members(table.name)
        answer.merge(collections.members(table.name)) { $1 }
        if let item = try returning(result) { answer["Attributes"] = item.json }
        return .object(answer)
    }
}
