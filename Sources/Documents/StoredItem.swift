import JSON

/// An item as a store gives it out.
///
/// Many are only passed on, so its JSON is read when somebody asks for the attributes, and not before.
package struct StoredItem: Sendable {
    private enum Form {
        case item(Item)
        case json([UInt8])
    }

    private let form: Form
    /// What it counts towards limits and capacity: ``Swift/Dictionary/sizeInBytes``.
    package let sizeInBytes: Int

    private init(_ form: Form, sizeInBytes: Int) {
        self.form = form
        self.sizeInBytes = sizeInBytes
    }

    package init(_ item: Item) { self.init(.item(item), sizeInBytes: item.sizeInBytes) }

    /// - Parameters:
    ///   - json: DynamoDB JSON, as ``Swift/Dictionary/json`` writes it.
    ///   - sizeInBytes: The item's size, where somebody knows it.
    package init(json: [UInt8], sizeInBytes: Int?) throws(DocumentError) {
        if let sizeInBytes {
            self.init(.json(json), sizeInBytes: sizeInBytes)
        } else {
            self.init(try Self.item(json))
        }
    }

    package var item: Item {
        get throws(DocumentError) {
            switch form {
            case .item(let item): item
            case .json(let json): try Self.item(json)
            }
        }
    }

    /// DynamoDB JSON.
    package var json: [UInt8] {
        switch form {
        case .item(let item): item.json.utf8
        case .json(let json): json
        }
    }

    /// - Throws: ``DocumentError/unavailable(reason:)`` for what no store has written.
    private static func item(_ json: [UInt8]) throws(DocumentError) -> Item {
        do {
            return try Item(json: JSONValue(parsing: json))
        } catch {
            throw .unavailable(reason: "a stored item is no DynamoDB JSON: \(error)")
        }
    }
}
