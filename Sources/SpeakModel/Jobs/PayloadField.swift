package import JSON

/// One field of a payload: its name, what it may hold, whether it may be left out.
package struct PayloadField: Hashable, Sendable {
    package let name: String
    package let type: FieldType
    package let isRequired: Bool
    package let summary: String

    package static func required(_ name: String, _ type: FieldType, _ summary: String) -> PayloadField {
        PayloadField(name: name, type: type, isRequired: true, summary: summary)
    }

    package static func optional(_ name: String, _ type: FieldType, _ summary: String) -> PayloadField {
        PayloadField(name: name, type: type, isRequired: false, summary: summary)
    }

    package var schema: JSONValue {
        .object((type.schema.object ?? [:]).merging(["description": .string(summary)]) { _, summary in summary })
    }
}

/// The values of a payload that has passed its check.
package struct PayloadValues: Sendable {
    private let members: [String: JSONValue]

    init(checked members: [String: JSONValue]) { self.members = members }

    package func string(_ name: String) -> String {
        guard let value = optionalString(name) else { preconditionFailure("\(name) was not declared required.") }
        return value
    }

    package func integer(_ name: String) -> Int {
        guard let value = members[name].flatMap(FieldType.integer) else {
            preconditionFailure("\(name) was not declared as a required integer.")
        }
        return value
    }

    package func optionalString(_ name: String) -> String? { members[name]?.string }
    package func optionalNumber(_ name: String) -> Double? { members[name]?.double }
    package func optionalBool(_ name: String) -> Bool? { members[name]?.bool }
}
