import Documents
import JSON
import SpeakModel

/// A table as DescribeTable shows it.
enum TableAnswer {
    static func json(
        _ table: TableDescription, _ size: TableSize, status: String = "ACTIVE", call: Call
    ) -> JSONValue {
        let settings = TableSettings(table.settings)
        let arn = call.arn(ofTable: table.schema.name)
        var members: [String: JSONValue] = [
            "TableName": .string(table.schema.name), "TableStatus": .string(status), "TableArn": .string(arn),
            "TableId": .string(table.id), "CreationDateTime": .number(Double(table.createdAt.milliseconds) / 1000),
            "KeySchema": key(table.schema.key), "AttributeDefinitions": definitions(table.schema),
            "ItemCount": .number(size.itemCount), "TableSizeBytes": .number(size.bytes),
            "ProvisionedThroughput": settings.throughput,
            "DeletionProtectionEnabled": settings.members["DeletionProtectionEnabled"] ?? false,
        ]
        if settings.mode == "PAY_PER_REQUEST" {
            members["BillingModeSummary"] = [
                "BillingMode": "PAY_PER_REQUEST",
                "LastUpdateToPayPerRequestDateTime": .number(Double(table.createdAt.milliseconds) / 1000),
            ]
        }
        if let stream = settings.members["StreamSpecification"], stream["StreamEnabled"]?.bool == true {
            members["StreamSpecification"] = stream
        }
        if let tableClass = settings.members["TableClass"] { members["TableClassSummary"] = ["TableClass": tableClass] }
        for (name, isLocal) in [("GlobalSecondaryIndexes", false), ("LocalSecondaryIndexes", true)] {
            let indexes = table.schema.indexes.filter { $0.isLocal == isLocal }
            if !indexes.isEmpty { members[name] = .array(indexes.map { index($0, table, size, settings, arn) }) }
        }
        return .object(members)
    }

    private static func index(
        _ index: SecondaryIndex, _ table: TableDescription, _ size: TableSize, _ settings: TableSettings, _ arn: String
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "IndexName": .string(index.name), "KeySchema": key(index.key), "Projection": projection(index.projection),
            "IndexArn": .string("\(arn)/index/\(index.name)"), "IndexSizeBytes": .number(size.bytes),
            "ItemCount": .number(size.itemCount),
        ]
        if !index.isLocal {
            let isBackfilling = table.backfilling.contains(index.name)
            members["IndexStatus"] = isBackfilling ? "CREATING" : "ACTIVE"
            if isBackfilling { members["Backfilling"] = true }
            members["ProvisionedThroughput"] =
                settings.members["IndexThroughput"]?[index.name] ?? settings.throughput
        }
        return .object(members)
    }

    private static func projection(_ projection: SecondaryIndex.Projection) -> JSONValue {
        switch projection {
        case .all: ["ProjectionType": "ALL"]
        case .keysOnly: ["ProjectionType": "KEYS_ONLY"]
        case .include(let names):
            ["ProjectionType": "INCLUDE", "NonKeyAttributes": .array(names.map(JSONValue.string))]
        }
    }

    private static func key(_ key: KeySchema) -> JSONValue {
        .array(
            zip(key.attributes, ["HASH", "RANGE"]).map {
                ["AttributeName": .string($0.name), "KeyType": .string($1)]
            })
    }

    private static func definitions(_ schema: TableSchema) -> JSONValue {
        let attributes = Set(([schema.key] + schema.indexes.map(\.key)).flatMap(\.attributes))
        return .array(
            attributes.sorted { $0.name < $1.name }.map {
                ["AttributeName": .string($0.name), "AttributeType": .string($0.type.rawValue)]
            })
    }
}

extension Call {
    /// The table that the request is about.
    ///
    /// - Throws: An error that names it where it is not there.
    func existingTable() async throws -> TableDescription {
        let name = try tableName()
        do { return try await documents.description(ofTable: name) } catch DocumentError.noSuchTable {
            throw AWSError.tableNotFound(name)
        }
    }
}
