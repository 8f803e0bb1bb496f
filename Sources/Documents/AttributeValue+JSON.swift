internal import Foundation
package import JSON

extension AttributeValue {
    /// DynamoDB JSON: `{"S": "…"}`, `{"N": "5"}`, `{"B": "…"}` in base64, `BOOL`, `NULL`, `L`, `M`, `SS`, `NS`, `BS`.
    ///
    /// Sets are written in order, so that equal values give equal texts.
    package var json: JSONValue {
        switch self {
        case .string(let value): ["S": .string(value)]
        case .number(let value): ["N": .string(value.description)]
        case .binary(let value): ["B": .string(Data(value).base64EncodedString())]
        case .bool(let value): ["BOOL": .bool(value)]
        case .null: ["NULL": true]
        case .list(let values): ["L": .array(values.map(\.json))]
        case .map(let members): ["M": members.json]
        case .stringSet(let members): ["SS": .array(members.sorted().map { .string($0) })]
        case .numberSet(let members): ["NS": .array(members.sorted().map { .string($0.description) })]
        case .binarySet(let members): ["BS": .array(members.base64Texts.map { .string($0) })]
        }
    }

    /// Reads DynamoDB JSON.
    ///
    /// - Throws: ``DocumentError/invalid(_:)`` for unknown types, empty sets, duplicates in sets, numbers out of range
    ///   and values more than ``DocumentLimits/nestingDepth`` deep.
    package init(json: JSONValue) throws(DocumentError) {
        try self.init(json: json, depth: 0)
    }

    fileprivate init(json: JSONValue, depth: Int) throws(DocumentError) {
        guard let members = json.object, let (name, value) = members.first else {
            throw .noDatatype
        }
        guard members.count == 1 else {
            throw .invalid(
                "Supplied AttributeValue has more than one datatypes set, "
                    + "must contain exactly one of the supported datatypes")
        }
        // To DynamoDB a type that it does not know is a member that is not there.
        guard let type = AttributeType(rawValue: name) else { throw .noDatatype }
        self = try Self.value(of: type, json: value, depth: depth)
    }

    private static func value(
        of type: AttributeType, json: JSONValue, depth: Int
    ) throws(DocumentError) -> AttributeValue {
        switch type {
        case .string: .string(try text(json, of: type))
        case .number: .number(try number(text(json, of: type)))
        case .binary: .binary(try bytes(text(json, of: type)))
        case .bool: .bool(try unwrap(json.bool, type))
        case .null: try null(json)
        case .list: try list(json, depth: depth + 1)
        case .map: .map(try Item(json: json, depth: depth + 1))
        case .stringSet: .stringSet(try set(json, of: type) { text throws(DocumentError) in text })
        case .numberSet: .numberSet(try set(json, of: type, number))
        case .binarySet: .binarySet(try set(json, of: type, bytes))
        }
    }

    private static func unwrap<Value>(_ value: Value?, _ type: AttributeType) throws(DocumentError) -> Value {
        guard let value else { throw .invalid("The value of type \(type.rawValue) has another JSON type.") }
        return value
    }

    private static func text(_ json: JSONValue, of type: AttributeType) throws(DocumentError) -> String {
        try unwrap(json.string, type)
    }

    private static func number(_ text: String) throws(DocumentError) -> DocumentNumber {
        do { return try DocumentNumber(parsing: text) } catch { throw .invalid(error.description) }
    }

    private static func bytes(_ text: String) throws(DocumentError) -> [UInt8] {
        guard let data = Data(base64Encoded: text) else { throw .invalid("A value of type B is not base64.") }
        return Array(data)
    }

    private static func null(_ json: JSONValue) throws(DocumentError) -> AttributeValue {
        guard json.bool == true else {
            throw .invalid(
                "One or more parameter values were invalid: Null attribute value types must have the value of true")
        }
        return .null
    }

    private static func list(_ json: JSONValue, depth: Int) throws(DocumentError) -> AttributeValue {
        try check(depth: depth)
        var values: [AttributeValue] = []
        for element in try unwrap(json.array, .list) {
            values.append(try AttributeValue(json: element, depth: depth))
        }
        return .list(values)
    }

    private static func set<Member: Hashable>(
        _ json: JSONValue, of type: AttributeType, _ member: (String) throws(DocumentError) -> Member
    ) throws(DocumentError) -> Set<Member> {
        var members: Set<Member> = []
        for element in try unwrap(json.array, type) {
            guard members.insert(try member(text(element, of: type))).inserted else {
                throw .duplicates(json, in: type)
            }
        }
        guard !members.isEmpty else { throw .emptySet(type) }
        return members
    }
}

extension DocumentError {
    fileprivate static let noDatatype = DocumentError.invalid(
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")

    /// DynamoDB says it in other words for each type, one of them without a space.
    fileprivate static func duplicates(_ set: JSONValue, in type: AttributeType) -> DocumentError {
        let members = (set.array ?? []).compactMap(\.string).joined(separator: ", ")
        switch type {
        case .numberSet: return .invalid("Input collection contains duplicates")
        case .binarySet:
            return .invalid(
                "One or more parameter values were invalid: Input collection [\(members)]of type BS contains duplicates."
            )
        default:
            return .invalid(
                "One or more parameter values were invalid: Input collection [\(members)] contains duplicates.")
        }
    }
}

extension AttributeValue {
    /// As DynamoDB shows it in errors: `AttributeValue: {N:5}`.
    var shown: String {
        let text =
            switch self {
            case .string(let value): value
            case .number(let value): value.description
            default: json[type.rawValue]?.text ?? ""
            }
        return "AttributeValue: {\(type.rawValue):\(text)}"
    }
}

extension Set where Element == [UInt8] {
    fileprivate var base64Texts: [String] {
        sorted { $0.lexicographicallyPrecedes($1) }.map { Data($0).base64EncodedString() }
    }
}

extension Dictionary where Key == String, Value == AttributeValue {
    /// The item in DynamoDB JSON: `{"job_id": {"S": "…"}, "ttl": {"N": "5"}}`.
    package var json: JSONValue { .object(mapValues(\.json)) }

    /// Reads an item in DynamoDB JSON; its size is not checked here.
    package init(json: JSONValue) throws(DocumentError) {
        try self.init(json: json, depth: 0)
    }

    fileprivate init(json: JSONValue, depth: Int) throws(DocumentError) {
        try AttributeValue.check(depth: depth)
        guard let members = json.object else { throw .invalid("A map of attributes is no JSON object.") }
        self.init(minimumCapacity: members.count)
        for (name, value) in members {
            self[name] = try AttributeValue(json: value, depth: depth)
        }
    }
}
