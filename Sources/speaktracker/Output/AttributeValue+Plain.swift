import Documents
import Foundation
import JSON
import Reports

extension AttributeValue {
    /// The value as ordinary JSON, for programs that do not care for DynamoDB's types.
    var plainJSON: JSONValue {
        switch self {
        case .string(let text): .string(text)
        case .number(let number): .number(number.description)
        case .binary(let bytes): .string(Data(bytes).base64EncodedString())
        case .bool(let value): .bool(value)
        case .null: .null
        case .list(let values): .array(values.map(\.plainJSON))
        case .map(let members): members.plainJSON
        case .stringSet(let values): .array(values.sorted().map { .string($0) })
        case .numberSet(let values): .array(values.sorted().map { .number($0.description) })
        case .binarySet(let values): .array(values.map { .string(Data($0).base64EncodedString()) })
        }
    }

    /// The value in a table's cell.
    var plainText: String {
        switch self {
        case .string(let text): text
        default: plainJSON.text
        }
    }
}

extension AttributeValue {
    /// Milliseconds as seconds with two decimals at most.
    var plainSeconds: String? { double.map { ($0 / 1000).plain(decimals: 2) } }
}

extension Item {
    var plainJSON: JSONValue { .object(mapValues(\.plainJSON)) }
}
