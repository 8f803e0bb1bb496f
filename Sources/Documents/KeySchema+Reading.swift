package import SpeakModel

extension KeySchema {
    /// The key attributes of an item.
    ///
    /// - Throws: ``DocumentError/invalid(_:)`` where one is missing, of another type, empty or too long.
    package func key(of item: Item) throws(DocumentError) -> Item {
        var key: Item = [:]
        for attribute in attributes {
            guard let value = item[attribute.name] else {
                throw .invalid(
                    "One or more parameter values were invalid: Missing the key \(attribute.name) in the item")
            }
            try check(value, of: attribute)
            key[attribute.name] = value
        }
        return key
    }

    /// Refuses a key that lacks an attribute or has others.
    package func checkKey(_ key: Item) throws(DocumentError) {
        guard key.count == attributes.count, attributes.allSatisfy({ key[$0.name]?.type == $0.attributeType }) else {
            throw .invalid("The provided key element does not match the schema")
        }
        _ = try self.key(of: key)
    }

    /// The key attributes of an item for a sparse index; `nil` where one is missing, so that the item is not in it.
    package func sparseKey(of item: Item, index: String) throws(DocumentError) -> Item? {
        for attribute in attributes {
            guard let value = item[attribute.name] else { continue }
            guard value.type == attribute.attributeType else {
                throw .invalid(
                    "One or more parameter values were invalid: Type mismatch for Index Key \(attribute.name) "
                        + "Expected: \(attribute.type.rawValue) Actual: \(value.type.rawValue) IndexName: \(index)")
            }
            try check(value, of: attribute)
        }
        guard attributes.allSatisfy({ item[$0.name] != nil }) else { return nil }
        return try key(of: item)
    }

    private func check(_ value: AttributeValue, of attribute: KeyAttribute) throws(DocumentError) {
        guard value.type == attribute.attributeType else {
            throw .invalid(
                "One or more parameter values were invalid: Type mismatch for key \(attribute.name) "
                    + "expected: \(attribute.type.rawValue) actual: \(value.type.rawValue)")
        }
        guard value.sizeInBytes > 0 else {
            throw .invalid(
                "One or more parameter values are not valid. The AttributeValue for a key attribute "
                    + "cannot contain an empty value. Key: \(attribute.name)")
        }
        let limit = attribute == partition ? DocumentLimits.partitionKeyBytes : DocumentLimits.sortKeyBytes
        guard value.sizeInBytes <= limit else {
            throw .invalid(
                "One or more parameter values were invalid: Size of the key \(attribute.name) "
                    + "has exceeded the maximum size limit of \(limit) bytes")
        }
    }
}

extension KeyAttribute {
    package var attributeType: AttributeType {
        switch type {
        case .string: .string
        case .number: .number
        case .binary: .binary
        }
    }
}

extension TableSchema {
    /// Refuses an item that this table cannot hold: its key, its indexes' keys, its limits.
    package func check(_ item: Item) throws(DocumentError) {
        _ = try key.key(of: item)
        for index in indexes { _ = try index.key.sparseKey(of: item, index: index.name) }
        try item.validate()
    }

    /// When the item's life ends, in epoch seconds; `nil` where its lifetime attribute says nothing.
    package func expiry(of item: Item) -> DocumentNumber? {
        lifetimeAttribute.flatMap { item[$0]?.number }
    }
}
