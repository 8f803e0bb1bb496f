import Documents
import JSON
import SpeakModel

extension Operation {
    static let deleteItem = Operation("DeleteItem", input: ItemWrite.members + [.init("Key", .any)]) { call in
        let table = try await call.table()
        var request = try ItemRequest(call.input, table, expressions: ["ConditionExpression"])
        let key = try request.key()
        let returned = try request.choice("ReturnValues", ["NONE", "ALL_OLD"])
        let condition = try request.condition()
        try request.end()
        return try await call.write(.init(table: table.schema.name, .delete(key: key), if: condition), request) {
            returned == "ALL_OLD" ? $0.old : nil
        }
    }
}
