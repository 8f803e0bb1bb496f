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
    ) { call -> Answer in
        var request = try ItemRequest(call.input, expressions: ["ProjectionExpression"])
        let key = try request.key()
        let projection = try request.projection()
        try request.end()
        var capacity = try ConsumedCapacity(call)
        let table = try call.tableName()
        let item = try await call.documents.stored([DocumentKey(table: table, key)])[0]
        capacity.read(
            item?.sizeInBytes ?? 0, from: table, consistent: call.input["ConsistentRead"]?.bool ?? false)
        let members = capacity.members(table)
        guard let item else { return .value(.object(members)) }
        return .object(members, "Item", try projection.map { try item.item.projected(to: $0).json.utf8 } ?? item.json)
    }
}
