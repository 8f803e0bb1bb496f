import Documents
import JSON
import SpeakModel

extension Operation {
    static let getItem = Operation(
        "GetItem",
        input: [
            .init("TableName", .string), .init("Key", .any), .init("ProjectionExpression", .string),
            .init("ExpressionAttributeNames", .any), .init("AttributesToGet", .any),
            .init("ConsistentRead", .boolean), .init("ReturnConsumedCapacity", .string),
        ]
    ) { call in
        var request = try ItemRequest(call.input, expressions: ["ProjectionExpression"])
        let key = try request.key()
        let projection = try request.projection()
        try request.end()
        var capacity = try ConsumedCapacity(call)
        let table = try call.tableName()
        let item = try await call.documents.get(key, from: table)
        capacity.read(
            item?.sizeInBytes ?? 0, from: table, consistent: call.input["ConsistentRead"]?.bool ?? false)
        var answer = capacity.members(table)
        if let item { answer["Item"] = try projection.map { try item.projected(to: $0) }?.json ?? item.json }
        return .object(answer)
    }
}
