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
            try check(value, of: attribute, as: .table)
            key[attribute.name] = value
        }
        return key
    }

    /// Refuses a key that lacks an attribute or has others.
    package func checkKey(_ key: Item) throws(DocumentError) {
        var isWhole = key.count == attributes.count
        var values: [AttributeValue] = []
        for attribute in attributes where isWhole {
            if let value = key[attribute.name], value.type == attribute.attributeType {
                values.append(value)
            } else {
                isWhole = false
            }
        }
        guard isWhole else { throw .invalid("The provided key element does not match the schema") }
        for (attribute, value) in zip(attributes, values) { try check(value, of: attribute, as: .table) }
    }

    /// The key attributes of an item for a sparse index; `nil` where one is missing, so that the item is not in it.
    ///
    /// - Parameter role: What the errors call the key.
    package func sparseKey(of item: Item, as role: KeyRole) throws(DocumentError) -> Item? {
        var key: Item = [:]
        for attribute in attributes {
            guard let value = item[attribute.name] else { continue }
            try check(value, of: attribute, as: role)
            key[attribute.name] = value
        }
        return key.count == attributes.count ? key : nil
    }

    private func check(_ value: AttributeValue, of attribute: KeyAttribute, as role: KeyRole) throws(DocumentError) {
        guard value.type == attribute.attributeType else { throw .wrongKeyType(value.type, attribute, as: role) }
        guard value.sizeInBytes > 0 else { throw .emptyKey(attribute, as: role) }
        let isPartition = attribute == partition
        guard value.sizeInBytes <= (isPartition ? DocumentLimits.partitionKeyBytes : DocumentLimits.sortKeyBytes) else {
            throw .longKey(isPartition: isPartition, as: role)
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
    ///
    /// - Parameter isUpdate: Whether an update has made the item so, for which DynamoDB has other words.
    package func check(_ item: Item, isUpdate: Bool = false) throws(DocumentError) {
        _ = try key.key(of: item)
        var localBytes = 0
        for index in indexes {
            let role: KeyRole = isUpdate ? .updatedIndex : .index(index.name)
            let isIndexed = try index.key.sparseKey(of: item, as: role) != nil
            if isIndexed, index.isLocal { localBytes += index.projected(item, of: self).sizeInBytes }
        }
        try item.validate()
        // An item and what local indexes have of it share one limit ("Constraints in Amazon DynamoDB").
        guard localBytes == 0 || item.sizeInBytes + localBytes <= DocumentLimits.itemBytes else {
            throw .itemTooLarge(isUpdate: isUpdate)
        }
    }

    /// When the item's life ends, in epoch seconds; `nil` where its lifetime attribute says nothing.
    package func expiry(of item: Item) -> DocumentNumber? {
        lifetimeAttribute.flatMap { item[$0]?.number }
    }
}
