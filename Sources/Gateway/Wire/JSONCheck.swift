import JSON

/// Checks that a JSON value has the shape an operation reads.
///
/// Members that the shape does not have are ignored, as AWS ignores them; `null` counts as left out.
enum JSONCheck {
    /// - Throws: A `SerializationException` in AWS's words.
    static func check(_ value: JSONValue, _ shape: Shape) throws(AWSError) {
        switch (shape, value) {
        case (_, .null), (.any, _): return
        case (.string, .string), (.blob, .string), (.boolean, .bool): return
        case (.integer, .number(let text)):
            guard Int(text) != nil else { throw .serialization("\(text) can not be converted to an Integer") }
        case (.list(let member, _), .array(let values)):
            for value in values { try check(value, member) }
        case (.map(let member, _, _, _), .object(let members)):
            for value in members.values { try check(value, member) }
        case (.structure(let members), .object(let values)):
            for member in members { if let value = values[member.name] { try check(value, member.shape) } }
        default: throw mismatch(value, shape)
        }
    }

    private static func mismatch(_ value: JSONValue, _ shape: Shape) -> AWSError {
        switch (shape, value) {
        case (_, .object): .serialization("Start of structure or map found where not expected.")
        case (_, .array): .serialization("Start of list found where not expected")
        case (.string, _): .serialization("\(className(value)) can not be converted to a String")
        case (.integer, _): .serialization("\(className(value)) can not be converted to an Integer")
        case (.boolean, _): .serialization("\(className(value)) can not be converted to a Boolean")
        case (.blob, _): .serialization("\(className(value)) can not be converted to a Blob")
        default: .serialization("Unexpected field type")
        }
    }

    private static func className(_ value: JSONValue) -> String {
        switch value {
        case .string: "STRING_VALUE"
        case .number: "NUMBER_VALUE"
        case .bool(let value): value ? "TRUE_VALUE" : "FALSE_VALUE"
        default: value.typeName
        }
    }
}
