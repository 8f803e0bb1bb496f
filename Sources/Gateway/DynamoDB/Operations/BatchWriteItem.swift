import Documents
import JSON
import SpeakModel

extension Operation {
    /// Up to 25 puts and deletes, each for itself.
    static let batchWriteItem = Operation(
        "BatchWriteItem",
        input: [
            .init("RequestItems", .any), .init("ReturnConsumedCapacity", .string),
            .init("ReturnItemCollectionMetrics", .string),
        ]
    ) { call in
        var asked: [(table: String, action: DocumentWrite.Action)] = []
        for (name, part) in try call.requestItems() {
            let requests = part.array ?? []
            guard (1...25).contains(requests.count) else { throw BatchWrite.wrongCount(name) }
            for request in requests { asked.append((name, try BatchWrite.action(request))) }
        }
        guard asked.count <= 25 else {
            throw AWSError.validation("Too many items requested for the BatchWriteItem call")
        }
        var capacity = try ConsumedCapacity(call)
        var collections = try ItemCollections(call)
        var writes: [(write: DocumentWrite, table: TableSchema)] = []
        var places: Set<DocumentKey> = []
        for (name, action) in asked {
            let table = try await call.table(in: ["TableName": .string(name)]).schema
            places.insert(DocumentKey(table: table.name, try BatchWrite.key(of: action, in: table)))
            writes.append((DocumentWrite(table: table.name, action), table))
        }
        guard places.count == writes.count else {
            throw AWSError.validation("Provided list of item keys contains duplicates")
        }
        let documents = call.documents
        // Together: they share the wait for the disk.
        let results = try await withThrowingTaskGroup(of: (Int, WriteResult).self) { group in
            for (index, write) in writes.map(\.write).enumerated() {
                group.addTask { (index, try await documents.write(write)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for (index, result) in results.sorted(by: { $0.0 < $1.0 }) {
            capacity.write(result, to: writes[index].table)
            collections.add(result, to: writes[index].table)
        }
        return .object(
            capacity.members().merging(collections.members()) { $1 }.merging(["UnprocessedItems": [:]]) { $1 })
    }
}

private enum BatchWrite {
    static func action(_ request: JSONValue) throws(AWSError) -> DocumentWrite.Action {
        switch (request["PutRequest"], request["DeleteRequest"]) {
        case (let put?, nil): return .put(try WireItem.item(put["Item"], "Item"))
        case (nil, let delete?): return .delete(key: try WireItem.item(delete["Key"], "Key"))
        default:
            throw .validation(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
            )
        }
    }

    /// The key of what is written, all of which fits the table.
    static func key(of action: DocumentWrite.Action, in table: TableSchema) throws(DocumentError) -> Item {
        switch action {
        case .put(let item):
            try table.check(item)
            return try table.key.key(of: item)
        case .delete(let key), .update(let key, _), .check(let key):
            try table.key.checkKey(key)
            return key
        }
    }

    /// What AWS says of a list of none or of more than 25; it shows all of it, which we do not.
    static func wrongCount(_ table: String) -> AWSError {
        .validation(
            "1 validation error detected: Value '{\(table)=[...]}' at 'requestItems' failed to satisfy constraint: "
                + "Map value must satisfy constraint: [Member must have length less than or equal to 25, "
                + "Member must have length greater than or equal to 1]")
    }
}
