import Foundation
package import JSON

extension AttributeValue {
    /// Ordinary JSON as the values that hold it: objects become maps, arrays lists.
    ///
    /// - Throws: ``DocumentNumberError`` for a number that DynamoDB cannot hold.
    package init(plain json: JSONValue) throws(DocumentNumberError) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let text): self = .number(try DocumentNumber(parsing: text))
        case .string(let text): self = .string(text)
        case .array(let values):
            var list: [AttributeValue] = []
            for value in values { list.append(try AttributeValue(plain: value)) }
            self = .list(list)
        case .object(let members): self = .map(try Item(plain: members))
        }
    }
}

extension Item {
    /// The members of a JSON object as attributes.
    ///
    /// - Throws: ``DocumentNumberError`` for a number that DynamoDB cannot hold.
    package init(plain members: [String: JSONValue]) throws(DocumentNumberError) {
        self.init()
        for (name, value) in members { self[name] = try AttributeValue(plain: value) }
    }
}

extension AttributeValue {
    /// The value as ordinary JSON, for programs that do not care for DynamoDB's types.
    package var plainJSON: JSONValue {
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
}

extension Item {
    package var plainJSON: JSONValue { .object(mapValues(\.plainJSON)) }
}
