package import Documents
import JSON

/// DynamoDB's tables.
///
/// Reads of tables are consistent; those of global indexes cannot be, and see a write a moment later. DynamoDB deletes
/// what has expired by itself, within days.
package struct AWSDocumentStore: DocumentStore {
    let dynamoDB: DynamoDBClient
    /// Waits between looks at a table that is being made.
    let pause: @Sendable (Duration) async throws -> Void

    init(_ client: ServiceClient) {
        dynamoDB = DynamoDBClient(client: client)
        pause = client.pause
    }

    /// One GetItem, or one TransactGetItems, which takes a hundred keys.
    package func stored(_ keys: [DocumentKey]) async throws -> [StoredItem?] {
        guard let first = keys.first else { return [] }
        if keys.count == 1 {
            let answer = try await dynamoDB.call(
                "GetItem",
                ["TableName": .string(first.table), "Key": first.attributes.json, "ConsistentRead": true],
                table: first.table)
            return [try Self.item(of: answer)]
        }
        let gets: [JSONValue] = keys.map {
            ["Get": ["TableName": .string($0.table), "Key": $0.attributes.json]]
        }
        let answer = try await dynamoDB.call(
            "TransactGetItems", ["TransactItems": .array(gets)], table: first.table)
        let responses = answer["Responses"]?.array ?? []
        guard responses.count == keys.count else {
            throw ServiceError.unreadable(
                service: Service.dynamodb.name, reason: "an item of a transaction is missing.")
        }
        return try responses.map(Self.item)
    }

    private static func item(of answer: JSONValue) throws -> StoredItem? {
        try answer["Item"].flatMap { $0 == .null ? nil : StoredItem(try Item(json: $0)) }
    }

    package func query(_ query: DocumentQuery) async throws -> DocumentPage {
        var writer = ExpressionWriter()
        var input: [String: JSONValue] = [
            "KeyConditionExpression": .string(writer.keyCondition(query.key)), "ScanIndexForward": .bool(query.forward),
        ]
        input["FilterExpression"] = query.filter.map { .string(writer.condition($0)) }
        return try await page(
            "Query", input.merging(writer.members) { $1 }, table: query.table, index: query.index, limit: query.limit,
            startAfter: query.startAfter)
    }

    package func scan(_ scan: DocumentScan) async throws -> DocumentPage {
        var writer = ExpressionWriter()
        var input: [String: JSONValue] = [:]
        input["FilterExpression"] = scan.filter.map { .string(writer.condition($0)) }
        if let segment = scan.segment {
            input["Segment"] = .number(segment.number)
            input["TotalSegments"] = .number(segment.count)
        }
        return try await page(
            "Scan", input.merging(writer.members) { $1 }, table: scan.table, index: scan.index, limit: scan.limit,
            startAfter: scan.startAfter)
    }

    private func page(
        _ operation: String, _ input: [String: JSONValue], table: String, index: String?, limit: Int?,
        startAfter: Item?
    ) async throws -> DocumentPage {
        var input = input
        input["TableName"] = .string(table)
        if let index { input["IndexName"] = .string(index) } else { input["ConsistentRead"] = true }
        input["Limit"] = limit.map { .number($0) }
        input["ExclusiveStartKey"] = startAfter?.json
        let answer = try await dynamoDB.call(operation, input, table: table)
        let items = try (answer["Items"]?.array ?? []).map { try Item(json: $0) }
        // Of what a filter dropped DynamoDB tells the number alone.
        return DocumentPage(
            stored: items.map(StoredItem.init), scannedCount: answer["ScannedCount"]?.int ?? items.count,
            lastKey: try answer["LastEvaluatedKey"].flatMap { $0 == .null ? nil : try Item(json: $0) },
            scannedBytes: items.reduce(0) { $0 + $1.sizeInBytes })
    }

    /// DynamoDB sweeps by itself.
    @discardableResult
    package func sweepExpired(limit: Int) async throws -> Int { 0 }
}
