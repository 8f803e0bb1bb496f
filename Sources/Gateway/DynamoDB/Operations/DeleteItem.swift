import Documents
import JSON
import SpeakModel

extension Operation {
    static let deleteItem = Operation("DeleteItem", input: ItemWrite.members + [.init("Key", .any)]) { call in
        var request = try ItemRequest(call.input, expressions: ["ConditionExpression"])
        let key = try request.key()
        let returnsOld = try ItemWrite.returnsOld(call.input)
        let condition = try request.condition()
        try request.end()
        return try await call.write(.delete(key: key), if: condition) { returnsOld ? $0.old : nil }
    }
}
