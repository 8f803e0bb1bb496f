import Documents
import JSON
import SpeakModel

extension Operation {
    static let updateItem = Operation(
        "UpdateItem",
        input: ItemWrite.members + [
            .init("Key", .any), .init("UpdateExpression", .string), .init("AttributeUpdates", .any),
        ]
    ) { call in
        let table = try await call.table()
        var request = try ItemRequest(call.input, table, expressions: ["UpdateExpression", "ConditionExpression"])
        let key = try request.key()
        let returned = try request.choice(
            "ReturnValues", ["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"])
        let update = try request.update()
        let condition = try request.condition()
        try request.end()
        let write = DocumentWrite(table: table.schema.name, .update(key: key, update), if: condition)
        return try await call.write(write, request) { result in
            switch returned {
            case "ALL_OLD": return result.old
            case "ALL_NEW": return result.new
            case "UPDATED_OLD": return try update.touched(of: result.old)
            case "UPDATED_NEW": return try update.touched(of: result.new)
            default: return nil
            }
        }
    }
}

extension UpdateExpression {
    /// What an item has where the update changes it; `nil` for nothing.
    func touched(of item: Item?) throws(DocumentError) -> Item? {
        guard let touched = try item?.projected(to: paths), !touched.isEmpty else { return nil }
        return touched
    }
}
