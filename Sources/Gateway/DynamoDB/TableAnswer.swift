import Documents
import JSON
import SpeakModel

/// A table as DescribeTable shows it.
enum TableAnswer {
    /// - Parameter deleted: Global indexes that the request has just deleted.
    static func json(
        _ table: TableDescription, _ size: TableSize, status: String = "ACTIVE", deleted: [SecondaryIndex] = [],
        call: Call
    ) -> JSONValue {
        let settings = TableSettings(table)
        let arn = call.arn(ofTable: table.schema.name)
        var members: [String: JSONValue] = [
            "TableName": .string(table.schema.name), "TableStatus": .string(status), "TableArn": .string(arn),
            "TableId": .string(table.id), "CreationDateTime": .number(Double(table.createdAt.milliseconds) / 1000),
            "KeySchema": key(table.schema.key), "AttributeDefinitions": definitions(table.schema),
            "ItemCount": .number(size.itemCount), "TableSizeBytes": .number(size.bytes),
            "ProvisionedThroughput": settings.throughput,
            "DeletionProtectionEnabled": settings.members["DeletionProtectionEnabled"] ?? false,
        ]
        members.merge(billing(settings)) { $1 }
        if let stream = settings.members["StreamSpecification"], stream["StreamEnabled"]?.bool == true {
            let label = String(table.createdAt.iso8601.dropLast())
            members["StreamSpecification"] = stream
            members["LatestStreamLabel"] = .string(label)
            members["LatestStreamArn"] = .string("\(arn)/stream/\(label)")
        }
        if let encryption = settings.members["SSESpecification"], encryption["Enabled"]?.bool == true {
            members["SSEDescription"] = Self.encryption(encryption, call)
        }
        if let tableClass = settings.members["TableClass"] { members["TableClassSummary"] = ["TableClass": tableClass] }
        // "If the table is in the DELETING state, no information about indexes will be returned."
        if status == "DELETING" { return .object(members) }
        for (name, isLocal) in [("GlobalSecondaryIndexes", false), ("LocalSecondaryIndexes", true)] {
            let indexes = table.schema.indexes.filter { $0.isLocal == isLocal }.map { index in
                Self.index(index, table, size, settings, arn, isNew: status == "CREATING")
            }
            let gone = isLocal ? [] : deleted.map { Self.deleted($0, table, size, settings, arn) }
            if !indexes.isEmpty || !gone.isEmpty { members[name] = .array(indexes + gone) }
        }
        return .object(members)
    }

    /// How it is paid for, where it is or was by requests.
    private static func billing(_ settings: TableSettings) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        if let since = settings.members["PayPerRequestSince"] {
            members["BillingModeSummary"] = [
                "BillingMode": .string(settings.mode), "LastUpdateToPayPerRequestDateTime": since,
            ]
        }
        if settings.mode == "PAY_PER_REQUEST" { members["OnDemandThroughput"] = settings.members["OnDemandThroughput"] }
        return members
    }

    private static func encryption(_ specification: JSONValue, _ call: Call) -> JSONValue {
        let key = specification["KMSMasterKeyId"]?.string ?? "alias/aws/dynamodb"
        let isPath = key.hasPrefix("alias/") || key.hasPrefix("key/")
        let arn = "arn:aws:kms:\(call.region):\(Call.account):\(isPath ? key : "key/\(key)")"
        return [
            "Status": "ENABLED", "SSEType": specification["SSEType"] ?? "KMS",
            "KMSMasterKeyArn": .string(key.hasPrefix("arn:") ? key : arn),
        ]
    }

    private static func deleted(
        _ index: SecondaryIndex, _ table: TableDescription, _ size: TableSize, _ settings: TableSettings, _ arn: String
    ) -> JSONValue {
        var members = Self.index(index, table, size, settings, arn, isNew: false).object ?? [:]
        members["IndexStatus"] = "DELETING"
        return .object(members)
    }

    private static func index(
        _ index: SecondaryIndex, _ table: TableDescription, _ size: TableSize, _ settings: TableSettings, _ arn: String,
        isNew: Bool
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "IndexName": .string(index.name), "KeySchema": key(index.key), "Projection": projection(index.projection),
            "IndexArn": .string("\(arn)/index/\(index.name)"), "IndexSizeBytes": .number(size.bytes),
            "ItemCount": .number(size.itemCount),
        ]
        if !index.isLocal {
            let isBackfilling = table.backfilling.contains(index.name)
            members["IndexStatus"] = isBackfilling || isNew ? "CREATING" : "ACTIVE"
            if isBackfilling { members["Backfilling"] = true }
            members["ProvisionedThroughput"] = settings.throughput(ofIndex: index.name)
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
