import Documents
import JSON
import SpeakModel

/// What CreateTable and UpdateTable say of a table's keys and indexes.
struct TableDefinition {
    private let types: [String: KeyType]

    /// - Parameter definitions: The member `AttributeDefinitions`.
    init(_ definitions: JSONValue?) throws(AWSError) {
        var types: [String: KeyType] = [:]
        for (position, definition) in (definitions?.array ?? []).enumerated() {
            let place = "attributeDefinitions.\(position + 1).member"
            let name = try Self.attributeName(definition, at: place)
            guard let text = definition["AttributeType"]?.string, let type = KeyType(rawValue: text) else {
                throw .constraint(
                    definition["AttributeType"]?.string ?? "null", at: "\(place).attributeType",
                    "satisfy enum value set: [B, N, S]")
            }
            guard types.updateValue(type, forKey: name) == nil else {
                throw .invalidParameters("Cannot redefine attribute '\(name)'")
            }
        }
        self.types = types
    }

    private static func attributeName(_ json: JSONValue, at place: String) throws(AWSError) -> String {
        guard let name = json["AttributeName"]?.string else { throw .missing("AttributeName") }
        guard (1...255).contains(name.utf8.count) else {
            throw .length(name, at: "\(place).attributeName", name.utf8.count, in: 1...255)
        }
        return name
    }

    /// A new table.
    static func schema(_ call: Call) throws(AWSError) -> TableSchema {
        let name = try call.tableName()
        guard call.input["AttributeDefinitions"]?.array != nil else {
            throw .invalidParameters("Some AttributeDefinitions are not valid. AttributeDefinitions must be provided")
        }
        let definition = try TableDefinition(call.input["AttributeDefinitions"])
        let indexMembers = ["LocalSecondaryIndexes", "GlobalSecondaryIndexes"]
        if indexMembers.allSatisfy({ call.input[$0]?.array == nil }) {
            try definition.checkOnly(Self.keyNames(call.input["KeySchema"], at: "keySchema"))
        }
        let key = try definition.key(call.input["KeySchema"], at: "keySchema")
        var indexes: [SecondaryIndex] = []
        for member in indexMembers {
            guard let given = call.input[member]?.array else { continue }
            guard !given.isEmpty else {
                throw .invalidParameters("List of \(member) is empty")
            }
            for (position, index) in given.enumerated() {
                let place = "\(member.prefix(1).lowercased() + member.dropFirst()).\(position + 1).member"
                let isLocal = member == "LocalSecondaryIndexes"
                indexes.append(try definition.index(index, at: place, isLocal: isLocal, of: key))
            }
        }
        try check(indexes)
        let schema = TableSchema(name: name, key: key, indexes: indexes)
        try definition.checkAllUsed(by: schema)
        return schema
    }

    private static func check(_ indexes: [SecondaryIndex]) throws(AWSError) {
        if let twin = indexes.map(\.name).firstTwin {
            throw .invalidParameters("Duplicate index name: \(twin)")
        }
        guard indexes.count(where: \.isLocal) <= 5 else {
            throw .invalidParameters("Number of LocalSecondaryIndexes exceeds per-table limit of 5")
        }
        guard indexes.count(where: { !$0.isLocal }) <= 20 else {
            throw .invalidParameters("Number of GlobalSecondaryIndexes exceeds per-table limit of 20")
        }
        guard indexes.reduce(0, { $0 + $1.includedCount }) <= 100 else {
            throw .invalidParameters("Number of NonKeyAttributes exceeds per-table limit of 100")
        }
    }

    /// A table without indexes has just its key's attributes, of which DynamoDB says so in other words.
    private func checkOnly(_ names: [String]) throws(AWSError) {
        let isDefined = names.allSatisfy { types[$0] != nil }
        if !isDefined, types.count < names.count {
            throw .validation("Invalid KeySchema: Some index key attribute have no definition")
        }
        guard !isDefined || types.count == names.count else {
            throw .invalidParameters(
                "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                    + "AttributeDefinitions")
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

    private func key(_ json: JSONValue?, at place: String) throws(AWSError) -> KeySchema {
        let attributes = try Self.keyNames(json, at: place).map { name throws(AWSError) in
            guard let type = types[name] else {
                throw .invalidParameters(
                    "Some index key attributes are not defined in AttributeDefinitions. Keys: [\(name)], "
                        + "AttributeDefinitions: [\(types.keys.sorted().joined(separator: ", "))]")
            }
            return KeyAttribute(name, type)
        }
        return KeySchema(partition: attributes[0], sort: attributes.count == 2 ? attributes[1] : nil)
    }

    /// The names of the partition's and perhaps the sort key, whether they are defined or not.
    private static func keyNames(_ json: JSONValue?, at place: String) throws(AWSError) -> [String] {
        let elements = json?.array ?? []
        guard (1...2).contains(elements.count) else { throw .length("[]", at: place, elements.count, in: 1...2) }
        var names: [String] = []
        for (position, element) in elements.enumerated() {
            let place = "\(place).\(position + 1).member"
            names.append(try attributeName(element, at: place))
            guard let kind = element["KeyType"]?.string, ["HASH", "RANGE"].contains(kind) else {
                throw .constraint(
                    element["KeyType"]?.string ?? "null", at: "\(place).keyType",
                    "satisfy enum value set: [HASH, RANGE]")
            }
            guard kind == ["HASH", "RANGE"][position] else {
                throw .validation(
                    position == 0
                        ? "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"
                        : "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type")
            }
        }
        guard names.count == 1 || names[0] != names[1] else {
            throw .validation("Both the Hash Key and the Range Key element in the KeySchema have the same name")
        }
        return names
    }

    /// - Parameters:
    ///   - place: The index's path in the request.
    ///   - table: The key of the table, for a local index.
    func index(
        _ json: JSONValue, at place: String, isLocal: Bool, of table: KeySchema
    ) throws(AWSError) -> SecondaryIndex {
        guard let name = json["IndexName"]?.string else { throw .missing("IndexName") }
        guard (3...255).contains(name.utf8.count) else {
            throw .length(name, at: "\(place).indexName", name.utf8.count, in: 3...255)
        }
        guard name.utf8.allSatisfy({ Call.isNameByte($0) }) else {
            throw .constraint(
                name, at: "\(place).indexName", "satisfy regular expression pattern: [a-zA-Z0-9_.-]+")
        }
        let key = try key(json["KeySchema"], at: "\(place).keySchema")
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
        let projection = try projection(json["Projection"], at: "\(place).projection")
        return SecondaryIndex(name: name, key: key, projection: projection, isLocal: isLocal)
    }

    private func projection(_ json: JSONValue?, at place: String) throws(AWSError) -> SecondaryIndex.Projection {
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
            guard names.count <= 20 else {
                throw .length(
                    "[\(names.joined(separator: ", "))]", at: "\(place).nonKeyAttributes", names.count, in: 1...20)
            }
            return .include(names)
        default: throw .invalidParameters("Unknown ProjectionType: \(type)")
        }
    }
}

extension SecondaryIndex {
    /// How many attributes it was told to have beside keys.
    fileprivate var includedCount: Int {
        if case .include(let names) = projection { names.count } else { 0 }
    }
}
