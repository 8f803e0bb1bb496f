import Documents
import JSON
import SpeakModel

/// What CreateTable and UpdateTable say of a table's keys and indexes.
struct TableDefinition {
    private let types: [String: KeyType]

    /// - Parameter definitions: The member `AttributeDefinitions`.
    init(_ definitions: JSONValue?) throws(AWSError) {
        var types: [String: KeyType] = [:]
        for definition in definitions?.array ?? [] {
            guard let name = definition["AttributeName"]?.string else { throw .missing("AttributeName") }
            guard let text = definition["AttributeType"]?.string, let type = KeyType(rawValue: text) else {
                throw .validation(
                    "1 validation error detected: Value '\(definition["AttributeType"]?.string ?? "null")' at "
                        + "'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [B, N, S]")
            }
            guard types.updateValue(type, forKey: name) == nil else {
                throw .invalidParameters("Cannot redefine attribute '\(name)'")
            }
        }
        self.types = types
    }

    /// A new table.
    static func schema(_ call: Call) throws(AWSError) -> TableSchema {
        let name = try call.tableName()
        guard call.input["AttributeDefinitions"]?.array != nil else {
            throw .invalidParameters("Some AttributeDefinitions are not valid. AttributeDefinitions must be provided")
        }
        let definition = try TableDefinition(call.input["AttributeDefinitions"])
        let key = try definition.key(call.input["KeySchema"], of: name)
        var indexes: [SecondaryIndex] = []
        for (member, isLocal) in [("LocalSecondaryIndexes", true), ("GlobalSecondaryIndexes", false)] {
            guard let given = call.input[member]?.array else { continue }
            guard !given.isEmpty else {
                throw .invalidParameters("List of \(member) is empty")
            }
            for index in given { indexes.append(try definition.index(index, isLocal: isLocal, of: key)) }
        }
        try check(indexes)
        let schema = TableSchema(name: name, key: key, indexes: indexes)
        try definition.checkAllUsed(by: schema)
        return schema
    }

    private static func check(_ indexes: [SecondaryIndex]) throws(AWSError) {
        guard Set(indexes.map(\.name)).count == indexes.count else {
            throw .invalidParameters("Duplicate index name: \(indexes.first?.name ?? "")")
        }
        guard indexes.count(where: \.isLocal) <= 5 else {
            throw .invalidParameters("Number of LocalSecondaryIndexes exceeds per-table limit of 5")
        }
        guard indexes.count(where: { !$0.isLocal }) <= 20 else {
            throw .invalidParameters("Number of GlobalSecondaryIndexes exceeds per-table limit of 20")
        }
    }

    /// Attributes that no key uses are refused, as are keys without a type.
    func checkAllUsed(by schema: TableSchema) throws(AWSError) {
        let used = Set(([schema.key] + schema.indexes.map(\.key)).flatMap(\.attributes).map(\.name))
        guard Set(types.keys).isSubset(of: used) else {
            throw .invalidParameters(
                "Some AttributeDefinitions are not used. AttributeDefinitions: "
                    + "[\(types.keys.sorted().joined(separator: ", "))], keys used: "
                    + "[\(used.sorted().joined(separator: ", "))]")
        }
    }

    func key(_ json: JSONValue?, of owner: String) throws(AWSError) -> KeySchema {
        guard let elements = json?.array, !elements.isEmpty else {
            throw .validation(
                "1 validation error detected: Value '[]' at 'keySchema' failed to satisfy constraint: "
                    + "Member must have length greater than or equal to 1")
        }
        guard elements.count <= 2 else {
            throw .validation(
                "1 validation error detected: Value at 'keySchema' failed to satisfy constraint: "
                    + "Member must have length less than or equal to 2")
        }
        for (position, element) in elements.enumerated() {
            guard let kind = element["KeyType"]?.string, ["HASH", "RANGE"].contains(kind) else {
                throw .validation(
                    "1 validation error detected: Value '\(element["KeyType"]?.string ?? "null")' at "
                        + "'keySchema.\(position + 1).member.keyType' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [HASH, RANGE]")
            }
            guard kind == ["HASH", "RANGE"][position] else {
                throw .invalidParameters(
                    position == 0
                        ? "The first KeySchemaElement is not a HASH key type"
                        : "The second KeySchemaElement is not a RANGE key type")
            }
        }
        let attributes = try elements.map { element throws(AWSError) in try attribute(element) }
        guard attributes.count == 1 || attributes[0].name != attributes[1].name else {
            throw .invalidParameters("Both the Hash Key and the Range Key element in the KeySchema have the same name")
        }
        return KeySchema(partition: attributes[0], sort: attributes.count == 2 ? attributes[1] : nil)
    }

    private func attribute(_ element: JSONValue) throws(AWSError) -> KeyAttribute {
        guard let name = element["AttributeName"]?.string else { throw .missing("AttributeName") }
        guard let type = types[name] else {
            throw .invalidParameters(
                "Some index key attributes are not defined in AttributeDefinitions. Keys: [\(name)], "
                    + "AttributeDefinitions: [\(types.keys.sorted().joined(separator: ", "))]")
        }
        return KeyAttribute(name, type)
    }

    /// - Parameter table: The key of the table, for a local index.
    func index(_ json: JSONValue, isLocal: Bool, of table: KeySchema) throws(AWSError) -> SecondaryIndex {
        guard let name = json["IndexName"]?.string else { throw .missing("IndexName") }
        guard (3...255).contains(name.utf8.count), name.utf8.allSatisfy({ Call.isNameByte($0) }) else {
            throw .validation(
                "1 validation error detected: Value '\(name)' at 'indexName' failed to satisfy constraint: "
                    + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+")
        }
        let key = try key(json["KeySchema"], of: name)
        if isLocal {
            guard table.sort != nil else {
                throw .invalidParameters(
                    "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex"
                )
            }
            guard key.partition == table.partition else {
                throw .invalidParameters(
                    "Index KeySchema does not have the same leading hash key as table KeySchema for index: \(name). "
                        + "index hash key: \(key.partition.name), table hash key: \(table.partition.name)")
            }
            guard key.sort != nil else {
                throw .invalidParameters(
                    "Index KeySchema does not have a range key for index: \(name)")
            }
        }
        return SecondaryIndex(name: name, key: key, projection: try projection(json["Projection"]), isLocal: isLocal)
    }

    private func projection(_ json: JSONValue?) throws(AWSError) -> SecondaryIndex.Projection {
        guard let type = json?["ProjectionType"]?.string else {
            throw .invalidParameters("Unknown ProjectionType: null")
        }
        let names = json?["NonKeyAttributes"]?.array?.compactMap(\.string)
        if let names, type != "INCLUDE" {
            throw .invalidParameters(
                "ProjectionType is \(type), but NonKeyAttributes is \(names.isEmpty ? "empty" : "specified")")
        }
        switch type {
        case "ALL": return .all
        case "KEYS_ONLY": return .keysOnly
        case "INCLUDE":
            guard let names, !names.isEmpty else {
                throw .invalidParameters("ProjectionType is INCLUDE, but NonKeyAttributes is not specified")
            }
            return .include(names)
        default: throw .invalidParameters("Unknown ProjectionType: \(type)")
        }
    }
}

/// How a table is paid for at AWS: kept and given back.
struct TableSettings {
    var members: [String: JSONValue]

    init(_ settings: JSONValue) { members = settings.object ?? [:] }

    private static let kept = [
        "BillingMode", "ProvisionedThroughput", "StreamSpecification", "SSESpecification", "TableClass",
        "DeletionProtectionEnabled",
    ]

    /// Takes over what a request says.
    mutating func apply(_ input: JSONValue, isNew: Bool) throws(AWSError) {
        if let mode = input["BillingMode"]?.string, !["PROVISIONED", "PAY_PER_REQUEST"].contains(mode) {
            throw .validation(
                "1 validation error detected: Value '\(mode)' at 'billingMode' failed to satisfy constraint: "
                    + "Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]")
        }
        let isOnDemand = (input["BillingMode"]?.string ?? (isNew ? "PROVISIONED" : mode)) == "PAY_PER_REQUEST"
        if isOnDemand, input["ProvisionedThroughput"]?.object != nil {
            throw .invalidParameters(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")
        }
        if isNew, !isOnDemand, input["ProvisionedThroughput"]?.object == nil {
            throw .invalidParameters(
                "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED")
        }
        for unit in ["ReadCapacityUnits", "WriteCapacityUnits"] {
            if let value = input["ProvisionedThroughput"]?[unit]?.int, value < 1 {
                throw .validation(
                    "1 validation error detected: Value '\(value)' at 'provisionedThroughput.\(unit.prefix(1).lowercased())"
                        + "\(unit.dropFirst())' failed to satisfy constraint: "
                        + "Member must have value greater than or equal to 1")
            }
        }
        for name in Self.kept { if let value = input[name], value != .null { members[name] = value } }
        if isOnDemand { members["ProvisionedThroughput"] = nil }
    }

    var mode: String {
        members["BillingMode"]?.string ?? (members["ProvisionedThroughput"] == nil ? "PAY_PER_REQUEST" : "PROVISIONED")
    }

    var throughput: JSONValue {
        let given = members["ProvisionedThroughput"]
        return [
            "ReadCapacityUnits": given?["ReadCapacityUnits"] ?? 0,
            "WriteCapacityUnits": given?["WriteCapacityUnits"] ?? 0,
            "NumberOfDecreasesToday": 0,
        ]
    }

    var json: JSONValue { .object(members) }
}
