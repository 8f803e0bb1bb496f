import Documents
import JSON
import SpeakModel

extension Operation {
    static let putItem = Operation("PutItem", input: ItemWrite.members + [.init("Item", .any)]) { call in
        let table = try await call.table()
        var request = try ItemRequest(call.input, table, expressions: ["ConditionExpression"])
        let item = try WireItem.item(call.input["Item"], "Item")
        let returned = try request.choice("ReturnValues", ["NONE", "ALL_OLD"])
        let condition = try request.condition()
        try request.end()
        return try await call.write(.init(table: table.schema.name, .put(item), if: condition), request) { result in
            returned == "ALL_OLD" ? result.old : nil
        }
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

    /// The sizes of item collections that a write touches: there where the table has local indexes.
    static func metrics(_ call: Call, _ table: TableDescription, _ key: Item?) -> [String: JSONValue] {
        guard call.input["ReturnItemCollectionMetrics"]?.string == "SIZE",
            table.schema.indexes.contains(where: \.isLocal),
            let partition = key?[table.schema.key.partition.name]
        else { return [:] }
        return [
            "ItemCollectionMetrics": [
                "ItemCollectionKey": Item([table.schema.key.partition.name: partition]).json,
                "SizeEstimateRangeGB": [.number(0), .number(1)],
            ]
        ]
    }
}

extension Dictionary where Key == String, Value == AttributeValue {
    fileprivate init(_ members: [String: AttributeValue]) { self = members }
}

extension Call {
    /// Writes an item and answers with what was asked for.
    func write(
        _ write: DocumentWrite, _ request: ItemRequest, returning: (WriteResult) throws -> Item?
    ) async throws -> JSONValue {
        var capacity = try ConsumedCapacity(self)
        let showsItem =
            try request.choice("ReturnValuesOnConditionCheckFailure", ["NONE", "ALL_OLD"]) == "ALL_OLD"
        _ = try request.choice("ReturnItemCollectionMetrics", ["NONE", "SIZE"])
        let result: WriteResult
        do {
            result = try await documents.write(write)
        } catch DocumentError.conditionFailed(let old) {
            throw AWSError.conditionFailed(showsItem ? old : nil)
        }
        capacity.write(result, to: request.table.schema)
        var answer = capacity.members(request.table.schema.name)
        answer.merge(ItemWrite.metrics(self, request.table, result.new ?? result.old)) { $1 }
        if let item = try returning(result) { answer["Attributes"] = item.json }
        return .object(answer)
    }
}
