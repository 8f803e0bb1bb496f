import Documents
import JSON
import SpeakModel

/// What most of DynamoDB's requests have in common: expressions that share names and values, and the older parameters
/// that may stand in their place.
///
/// DynamoDB reads all of it before it looks for the table.
struct ItemRequest {
    let input: JSONValue
    private var reader: ExpressionReader

    /// Parameters of the older kind and of the newer, in the order in which DynamoDB names them.
    private static let older = [
        "AttributesToGet", "AttributeUpdates", "ScanFilter", "QueryFilter", "Expected", "ConditionalOperator",
        "KeyConditions",
    ]
    private static let newer = [
        "UpdateExpression", "ProjectionExpression", "FilterExpression", "ConditionExpression", "KeyConditionExpression",
    ]

    /// - Parameters:
    ///   - input: The request, or the part of it that is about one item.
    ///   - expressions: The expressions that such a request may have.
    init(_ input: JSONValue, expressions: [String]) throws(AWSError) {
        self.input = input
        let hasExpressions = expressions.contains { input[$0]?.string != nil }
        let newer = Self.newer.filter { input[$0] != nil && input[$0] != .null }
        // Most requests have one kind or neither.
        let older = newer.isEmpty ? [] : Self.older.filter { input[$0] != nil && input[$0] != .null }
        if !older.isEmpty {
            throw .validation(
                "Can not use both expression and non-expression parameters in the same request: "
                    + "Non-expression parameters: {\(older.joined(separator: ", "))} "
                    + "Expression parameters: {\(newer.joined(separator: ", "))}")
        }
        reader = ExpressionReader(
            names: try Self.names(input, hasExpressions: hasExpressions),
            values: hasExpressions ? try Self.values(input) : try Self.noValues(input, expressions),
            refusesReservedWords: true)
    }

    private static func names(_ input: JSONValue, hasExpressions: Bool) throws(AWSError) -> [String: String] {
        guard let given = input["ExpressionAttributeNames"]?.object else { return [:] }
        guard hasExpressions else {
            throw .validation("ExpressionAttributeNames can only be specified when using expressions")
        }
        if given.isEmpty { throw .validation("ExpressionAttributeNames must not be empty") }
        var names: [String: String] = [:]
        for (key, value) in given {
            guard isPlaceholder(key, "#") else {
                throw .validation("ExpressionAttributeNames contains invalid key: Syntax error; key: \"\(key)\"")
            }
            guard let name = value.string else { throw .serialization("Unexpected field type") }
            names[key] = name
        }
        return names
    }

    /// - Parameter expressions: Those that there might be.
    private static func noValues(_ input: JSONValue, _ expressions: [String]) throws(AWSError) -> Item {
        guard input["ExpressionAttributeValues"]?.object != nil else { return [:] }
        let withValues = expressions.filter { $0 != "ProjectionExpression" }
        // DynamoDB tells the one that could be meant.
        throw .validation(
            "ExpressionAttributeValues can only be specified when using expressions"
                + (withValues.count == 1 ? ": \(withValues[0]) is null" : ""))
    }

    private static func values(_ input: JSONValue) throws(AWSError) -> Item {
        guard let given = input["ExpressionAttributeValues"]?.object else { return [:] }
        if given.isEmpty { throw .validation("ExpressionAttributeValues must not be empty") }
        var values: Item = [:]
        for (key, value) in given {
            guard isPlaceholder(key, ":") else {
                throw .validation("ExpressionAttributeValues contains invalid key: Syntax error; key: \"\(key)\"")
            }
            do { values[key] = try WireItem.value(value) } catch {
                throw error.name == "ValidationException"
                    ? .validation("ExpressionAttributeValues contains invalid value: \(error.message) for key \(key)")
                    : error
            }
        }
        return values
    }

    private static func isPlaceholder(_ key: String, _ sign: Character) -> Bool {
        key.first == sign && key.count > 1
            && key.dropFirst().utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F
            }
    }

    // MARK: What it asks

    mutating func condition() throws -> Condition? {
        if let text = input["ConditionExpression"]?.string { return try reader.condition(text) }
        return try LegacyCondition.expected(input)
    }

    mutating func filter(_ olderName: String) throws -> Condition? {
        if let text = input["FilterExpression"]?.string { return try reader.filter(text) }
        return try LegacyCondition.filter(input, olderName)
    }

    mutating func keyCondition() throws -> KeyClauses {
        if let text = input["KeyConditionExpression"]?.string { return try reader.keyCondition(text) }
        return try LegacyCondition.key(input)
    }

    mutating func update() throws -> UpdateExpression {
        if let text = input["UpdateExpression"]?.string { return try reader.update(text) }
        return try LegacyUpdate.expression(input)
    }

    /// The paths to answer with; `nil` for everything.
    mutating func projection() throws -> [DocumentPath]? {
        if let text = input["ProjectionExpression"]?.string {
            let paths = try reader.projection(text)
            // Overlapping ones are refused before anything is read.
            _ = try Item().projected(to: paths)
            return paths
        }
        guard let names = input["AttributesToGet"]?.array?.compactMap(\.string) else { return nil }
        if names.isEmpty { throw AWSError.length("[]", at: "attributesToGet", 0, in: 1...Int.max) }
        if let twin = names.firstTwin {
            throw AWSError.invalidParameters("Duplicate value in attribute name: \(twin)")
        }
        return names.map { DocumentPath($0) }
    }

    /// Refuses names and values that nothing has used.
    func end() throws { try reader.checkAllUsed() }

    /// The key as it is given; the table's schema has not seen it.
    func key() throws(AWSError) -> Item { try WireItem.item(input["Key"], "Key") }
}

extension JSONValue {
    /// One of the values that a parameter may have.
    ///
    /// - Parameters:
    ///   - fallback: What it is where it is left out.
    ///   - allowed: In the order in which DynamoDB lists them.
    func choice(_ name: String, _ fallback: String, of allowed: [String]) throws(AWSError) -> String {
        guard let value = self[name]?.string else { return fallback }
        guard allowed.contains(value) else {
            throw .constraint(
                value, at: name.prefix(1).lowercased() + name.dropFirst(),
                "satisfy enum value set: [\(allowed.joined(separator: ", "))]")
        }
        return value
    }
}

extension [String] {
    /// The first that was there before.
    var firstTwin: String? {
        var seen: Set<String> = []
        return first { !seen.insert($0).inserted }
    }
}

/// Items and values as they come by the wire.
enum WireItem {
    /// - Throws: A `SerializationException` for what is no value at all, a `ValidationException` for one that cannot be.
    static func value(_ json: JSONValue) throws(AWSError) -> AttributeValue {
        try checkTypes(json)
        do { return try AttributeValue(json: json) } catch { throw AWSError(error) }
    }

    static func item(_ json: JSONValue?, _ name: String) throws(AWSError) -> Item {
        guard let members = json?.object else { throw .missing(name) }
        var item: Item = [:]
        for (name, value) in members { item[name] = try Self.value(value) }
        return item
    }

    /// JSON types that no value of DynamoDB has.
    private static func checkTypes(_ json: JSONValue) throws(AWSError) {
        guard let members = json.object else { throw .serialization("Unexpected field type") }
        for (type, value) in members {
            switch (type, value) {
            case ("S", .string), ("N", .string), ("B", .string), ("BOOL", .bool), ("NULL", .bool): break
            case ("L", .array(let values)): for value in values { try checkTypes(value) }
            case ("M", .object(let members)): for value in members.values { try checkTypes(value) }
            case ("SS", .array(let values)), ("NS", .array(let values)), ("BS", .array(let values)):
                guard values.allSatisfy({ $0.string != nil }) else { throw .serialization("Unexpected field type") }
            case ("S", _), ("N", _), ("B", _), ("BOOL", _), ("NULL", _), ("L", _), ("M", _), ("SS", _), ("NS", _),
                ("BS", _):
                throw .serialization("Unexpected field type")
            default: break
            }
        }
    }
}

extension AWSError {
    static func missing(_ name: String) -> AWSError {
        .validation("The parameter '\(name)' is required but was not present in the request")
    }
}

extension Call {
    /// The table that the request is about, by its name or its ARN.
    func tableName(in part: JSONValue? = nil) throws(AWSError) -> String {
        guard let text = (part ?? input)["TableName"]?.string else { throw .missing("TableName") }
        let name = Self.tableName(inARN: text) ?? text
        guard (3...255).contains(name.utf8.count) else {
            throw .validation("TableName must be at least 3 characters long and at most 255 characters long")
        }
        guard name.utf8.allSatisfy({ Self.isNameByte($0) }) else {
            throw .validation(
                "1 validation error detected: Value '\(name)' at 'tableName' failed to satisfy constraint: "
                    + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+")
        }
        return name
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || "_.-".utf8.contains(byte)
    }

    static func tableName(inARN arn: String) -> String? {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "dynamodb", parts[5].hasPrefix("table/") else {
            return nil
        }
        return String(parts[5].dropFirst("table/".count).prefix { $0 != "/" })
    }

    func table(in part: JSONValue? = nil) async throws -> TableDescription {
        try await documents.description(ofTable: tableName(in: part))
    }

    func arn(ofTable name: String) -> String { "arn:aws:dynamodb:\(region):\(Self.account):table/\(name)" }
}
