import SpeakModel

/// What a key is a key of, which DynamoDB tells in its errors.
package enum KeyRole: Hashable, Sendable {
    case table
    case index(String)
    /// An index, after an update; which one DynamoDB does not say.
    case updatedIndex
}

extension DocumentError {
    static func wrongKeyType(
        _ type: AttributeType, _ attribute: KeyAttribute, as role: KeyRole
    ) -> DocumentError {
        let (expected, actual) = (attribute.type.rawValue, type.rawValue)
        return switch role {
        case .table:
            .invalid(
                "One or more parameter values were invalid: Type mismatch for key \(attribute.name) "
                    + "expected: \(expected) actual: \(actual)")
        case .index(let name):
            .invalid(
                "One or more parameter values were invalid: Type mismatch for Index Key \(attribute.name) "
                    + "Expected: \(expected) Actual: \(actual) IndexName: \(name)")
        case .updatedIndex:
            .invalid("The update expression attempted to update the secondary index key to unsupported type")
        }
    }

    static func emptyKey(_ attribute: KeyAttribute, as role: KeyRole) -> DocumentError {
        let general = "One or more parameter values are not valid."
        let reason =
            "The AttributeValue for a key attribute cannot contain an empty "
            + "\(attribute.type == .binary ? "binary" : "string") value."
        return switch role {
        case .table: .invalid("\(general) \(reason) Key: \(attribute.name)")
        case .index(let name):
            .invalid(
                "\(general) A value specified for a secondary index key is not supported. \(reason) "
                    + "IndexName: \(name), IndexKey: \(attribute.name)")
        case .updatedIndex:
            .invalid(
                "\(general) The update expression attempted to update a secondary index key to a value that is not "
                    + "supported. \(reason)")
        }
    }

    static func longKey(isPartition: Bool, as role: KeyRole) -> DocumentError {
        if role == .updatedIndex {
            return .invalid(
                "The update expression attempted to update the secondary index key to exceed the size limits")
        }
        // The blank is missing in DynamoDB's own words.
        return .invalid(
            "One or more parameter values were invalid: "
                + (isPartition
                    ? "Size of hashkey has exceeded the maximum size limit of\(DocumentLimits.partitionKeyBytes) bytes"
                    : "Aggregated size of all range keys has exceeded the size limit of "
                        + "\(DocumentLimits.sortKeyBytes) bytes"))
    }
}
