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
        var writes: [(write: DocumentWrite, table: TableDescription)] = []
        for (name, part) in try call.requestItems() {
            let table = try await call.table(in: ["TableName": .string(name)])
            guard let requests = part.array, !requests.isEmpty else {
                throw AWSError.validation(
                    "1 validation error detected: Value at 'requestItems.\(name).member' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1")
            }
            for request in requests { writes.append((try BatchWrite.write(request, table), table)) }
        }
        guard writes.count <= 25 else {
            throw AWSError.validation("Too many items requested for the BatchWriteItem call")
        }
        let places = try writes.map { write, table in
            DocumentKey(table: table.schema.name, try BatchWrite.key(of: write, table))
        }
        guard Set(places).count == places.count else {
            throw AWSError.validation("Provided list of item keys contains duplicates")
        }
        var capacity = try ConsumedCapacity(call)
        let documents = call.documents
        // Together: they share the wait for the disk.
        let results = try await withThrowingTaskGroup(of: (Int, WriteResult).self) { group in
            for (index, write) in writes.map(\.write).enumerated() {
                group.addTask { (index, try await documents.write(write)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for (index, result) in results { capacity.write(result, to: writes[index].table.schema) }
        return .object(capacity.members().merging(["UnprocessedItems": [:]]) { $1 })
    }
}

private enum BatchWrite {
    static func write(_ request: JSONValue, _ table: TableDescription) throws -> DocumentWrite {
        let (put, delete) = (request["PutRequest"], request["DeleteRequest"])
        switch (put, delete) {
        case (let put?, nil):
            let item = try WireItem.item(put["Item"], "Item")
            try table.schema.check(item)
            return DocumentWrite(table: table.schema.name, .put(item))
        case (nil, let delete?):
            return DocumentWrite(
                table: table.schema.name, .delete(key: try WireItem.key(delete["Key"], of: table.schema)))
        default:
            throw AWSError.validation(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
            )
        }
    }

    static func key(of write: DocumentWrite, _ table: TableDescription) throws -> Item {
        switch write.action {
        case .put(let item): try table.schema.key.key(of: item)
        case .delete(let key), .update(let key, _), .check(let key): key
        }
    }
}
