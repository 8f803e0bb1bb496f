import Documents
import JSON
import SpeakModel

extension Operation {
    /// Up to a hundred items of any tables, as they were at one moment.
    static let transactGetItems = Operation(
        "TransactGetItems", input: [.init("TransactItems", .any), .init("ReturnConsumedCapacity", .string)]
    ) { call in
        var asked: [(part: JSONValue, key: Item, projection: [DocumentPath]?)] = []
        for item in try call.transactItems() {
            guard let get = item["Get"], get.object != nil else { throw AWSError.missing("Get") }
            var request = try ItemRequest(get, expressions: ["ProjectionExpression"])
            let key = try request.key()
            let projection = try request.projection()
            try request.end()
            asked.append((get, key, projection))
        }
        var keys: [DocumentKey] = []
        var reasons: [CancellationReason] = []
        for (part, key, _) in asked {
            let table = try await call.table(in: part).schema
            keys.append(DocumentKey(table: table.name, key))
            reasons.append(table.key.reasonAgainst(key))
        }
        guard Set(keys).count == keys.count else {
            throw AWSError.validation("Transaction request cannot include multiple operations on one item")
        }
        guard reasons.allSatisfy({ $0 == CancellationReason.none }) else {
            throw DocumentError.transactionCancelled(reasons)
        }
        var capacity = try ConsumedCapacity(call, isTransaction: true)
        let items = try await call.documents.stored(keys)
        var responses: [JSONValue] = []
        for (place, item) in items.enumerated() {
            capacity.read(item?.sizeInBytes ?? 0, from: keys[place].table, consistent: true)
            let shown = try asked[place].projection.map { paths in try item?.item.projected(to: paths) } ?? item?.item
            responses.append(shown.map { ["Item": $0.json] } ?? [:])
        }
        return .object(capacity.members().merging(["Responses": .array(responses)]) { $1 })
    }
}

extension KeySchema {
    /// Why an item of this key cannot be read; ``CancellationReason/none`` if it can.
    fileprivate func reasonAgainst(_ key: Item) -> CancellationReason {
        do throws(DocumentError) {
            try checkKey(key)
            return .none
        } catch {
            return .invalid(error.description)
        }
    }
}

extension Call {
    /// The parts of a transaction.
    func transactItems() throws(AWSError) -> [JSONValue] {
        guard let items = input["TransactItems"]?.array else { throw .missing("TransactItems") }
        guard (1...DocumentLimits.transactionWrites).contains(items.count) else {
            throw .length("[]", at: "transactItems", items.count, in: 1...DocumentLimits.transactionWrites)
        }
        return items
    }
}
