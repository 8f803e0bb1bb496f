import Documents
import Foundation
import JSON
import SpeakModel

/// Tables between the schema's form and DynamoDB's.
enum TableJSON {
    /// What CreateTable needs of a schema.
    static func definition(_ schema: TableSchema) -> [String: JSONValue] {
        var members: [String: JSONValue] = [
            "TableName": .string(schema.name), "KeySchema": key(schema.key),
            "AttributeDefinitions": attributes([schema.key] + schema.indexes.map(\.key)),
        ]
        for (name, isLocal) in [("LocalSecondaryIndexes", true), ("GlobalSecondaryIndexes", false)] {
            let indexes = schema.indexes.filter { $0.isLocal == isLocal }
            if !indexes.isEmpty { members[name] = .array(indexes.map(index)) }
        }
        return members
    }

    static func attributes(_ keys: [KeySchema]) -> JSONValue {
        let types = Dictionary(keys.flatMap(\.attributes).map { ($0.name, $0.type) }) { first, _ in first }
        return .array(
            types.sorted { $0.key < $1.key }.map { name, type in
                ["AttributeName": .string(name), "AttributeType": .string(type.rawValue)]
            })
    }

    private static func key(_ key: KeySchema) -> JSONValue {
        .array(
            zip(key.attributes, ["HASH", "RANGE"]).map { attribute, kind in
                ["AttributeName": .string(attribute.name), "KeyType": .string(kind)]
            })
    }

    static func index(_ index: SecondaryIndex) -> JSONValue {
        ["IndexName": .string(index.name), "KeySchema": key(index.key), "Projection": projection(index.projection)]
    }

    private static func projection(_ projection: SecondaryIndex.Projection) -> JSONValue {
        switch projection {
        case .all: ["ProjectionType": "ALL"]
        case .keysOnly: ["ProjectionType": "KEYS_ONLY"]
        case .include(let names):
            ["ProjectionType": "INCLUDE", "NonKeyAttributes": .array(names.map { .string($0) })]
        }
    }
}

/// What DescribeTable says of a table.
struct DescribedTable {
    let json: JSONValue
    private let types: [String: KeyType]

    init(_ json: JSONValue) {
        self.json = json
        types = (json["AttributeDefinitions"]?.array ?? []).reduce(into: [:]) { types, definition in
            guard let name = definition["AttributeName"]?.string else { return }
            types[name] = definition["AttributeType"]?.string.flatMap(KeyType.init)
        }
    }

    /// Neither the table nor an index of it is being made, changed or deleted.
    var isSettled: Bool {
        status(json["TableStatus"]) == "ACTIVE"
            && globalIndexes.allSatisfy { status($0["IndexStatus"]) == "ACTIVE" }
    }

    private func status(_ json: JSONValue?) -> String { json?.string ?? "ACTIVE" }

    private var globalIndexes: [JSONValue] { json["GlobalSecondaryIndexes"]?.array ?? [] }

    var size: TableSize {
        TableSize(itemCount: json["ItemCount"]?.int ?? 0, bytes: json["TableSizeBytes"]?.int ?? 0)
    }

    func description(lifetimeAttribute: String?) throws -> TableDescription {
        let indexes =
            try (json["LocalSecondaryIndexes"]?.array ?? []).map { try index($0, isLocal: true) }
            + globalIndexes.map { try index($0, isLocal: false) }
        let backfilling = globalIndexes.filter { status($0["IndexStatus"]) != "ACTIVE" }
        return TableDescription(
            id: json["TableId"]?.string ?? "",
            schema: TableSchema(
                name: json["TableName"]?.string ?? "", key: try key(json["KeySchema"]), indexes: indexes,
                lifetimeAttribute: lifetimeAttribute),
            createdAt: Timestamp(milliseconds: Int64((json["CreationDateTime"]?.double ?? 0) * 1000)),
            settings: .object(settings), backfilling: Set(backfilling.compactMap { $0["IndexName"]?.string }))
    }

    /// What CreateTable would be told for such a table, beside its keys.
    private var settings: [String: JSONValue] {
        var settings: [String: JSONValue] = [:]
        settings["BillingMode"] = json["BillingModeSummary"]?["BillingMode"]
        settings["DeletionProtectionEnabled"] = json["DeletionProtectionEnabled"]
        return settings
    }

    private func key(_ json: JSONValue?) throws -> KeySchema {
        let attributes = (json?.array ?? []).sorted { ($0["KeyType"]?.string ?? "") < ($1["KeyType"]?.string ?? "") }
            .compactMap { $0["AttributeName"]?.string }.map { KeyAttribute($0, types[$0] ?? .string) }
        guard let partition = attributes.first else {
            throw ServiceError.unreadable(service: Service.dynamodb.name, reason: "a table has no key.")
        }
        return KeySchema(partition: partition, sort: attributes.count > 1 ? attributes[1] : nil)
    }

    private func index(_ json: JSONValue, isLocal: Bool) throws -> SecondaryIndex {
        let projection: SecondaryIndex.Projection =
            switch json["Projection"]?["ProjectionType"]?.string {
            case "KEYS_ONLY": .keysOnly
            case "INCLUDE": .include(json["Projection"]?["NonKeyAttributes"]?.array?.compactMap(\.string) ?? [])
            default: .all
            }
        return SecondaryIndex(
            name: json["IndexName"]?.string ?? "", key: try key(json["KeySchema"]), projection: projection,
            isLocal: isLocal)
    }
}
