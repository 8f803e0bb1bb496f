import Documents
import JSON
import SpeakModel

extension Operation {
    /// Up to a hundred items of any tables, as they were at one moment.
    static let transactGetItems = Operation(
        "TransactGetItems", input: [.init("TransactItems", .any), .init("ReturnConsumedCapacity", .string)]
    ) { call in
        var reads: [(key: DocumentKey, projection: [DocumentPath]?)] = []
        for item in try call.transactItems() {
            guard let get = item["Get"], get.object != nil else { throw AWSError.missing("Get") }
            let table = try await call.table(in: get)
            var request = try ItemRequest(get, table, expressions: ["ProjectionExpression"])
            let key = try request.key()
            let projection = try request.projection()
            try request.end()
            reads.append((DocumentKey(table: table.schema.name, key), projection))
        }
        guard Set(reads.map(\.key)).count == reads.count else {
            throw AWSError.validation("Transaction request cannot include multiple operations on one item")
        }
        var capacity = try ConsumedCapacity(call)
        let items = try await call.documents.stored(reads.map(\.key))
        var responses: [JSONValue] = []
        for (read, item) in zip(reads, items) {
            capacity.read(item?.sizeInBytes ?? 0, from: read.key.table, consistent: true, factor: 2)
            let shown = try read.projection.map { paths in try item?.item.projected(to: paths) } ?? item?.item
            responses.append(shown.map { ["Item": $0.json] } ?? [:])
        }
        return .object(capacity.members().merging(["Responses": .array(responses)]) { $1 })
    }
}

extension Call {
    /// The parts of a transaction.
    func transactItems() throws(AWSError) -> [JSONValue] {
        guard let items = input["TransactItems"]?.array else { throw .missing("TransactItems") }
        guard (1...DocumentLimits.transactionWrites).contains(items.count) else {
            throw .validation(
                "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: "
                    + "Member must have length \(items.isEmpty ? "greater than or equal to 1" : "less than or equal to 100")"
            )
        }
        return items
    }
}
