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
        var request = try ItemRequest(call.input, expressions: ["UpdateExpression", "ConditionExpression"])
        let key = try request.key()
        let returned = try ItemWrite.returned(call.input)
        let update = try request.update()
        let condition = try request.condition()
        try request.end()
        return try await call.write(.update(key: key, update), if: condition) { result in
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
