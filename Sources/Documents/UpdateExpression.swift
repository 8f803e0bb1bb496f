/// Changes to an item: what UpdateExpression says.
///
/// All of them read the item as it was before.
package struct UpdateExpression: Hashable, Sendable {
    package struct Assignment: Hashable, Sendable {
        package let path: DocumentPath
        package let value: UpdateOperand

        package init(_ path: DocumentPath, _ value: UpdateOperand) {
            self.path = path
            self.value = value
        }
    }

    /// A path with the number to add, or the set whose elements come or go.
    package struct Adjustment: Hashable, Sendable {
        package let path: DocumentPath
        package let value: AttributeValue
        /// Whether DynamoDB's older parameter says it, which may also add to lists.
        package let isLegacy: Bool

        package init(_ path: DocumentPath, _ value: AttributeValue, isLegacy: Bool = false) {
            self.path = path
            self.value = value
            self.isLegacy = isLegacy
        }
    }

    package var set: [Assignment]
    package var remove: [DocumentPath]
    package var add: [Adjustment]
    package var delete: [Adjustment]

    package init(
        set: [Assignment] = [], remove: [DocumentPath] = [], add: [Adjustment] = [], delete: [Adjustment] = []
    ) {
        self.set = set
        self.remove = remove
        self.add = add
        self.delete = delete
    }

    /// Sets top-level attributes to values.
    package static func set(_ attributes: Item) -> UpdateExpression {
        UpdateExpression(
            set: attributes.sorted { $0.key < $1.key }.map { Assignment(DocumentPath($0.key), .value($0.value)) })
    }
}

package indirect enum UpdateOperand: Hashable, Sendable {
    case value(AttributeValue)
    case path(DocumentPath)
    case ifNotExists(DocumentPath, UpdateOperand)
    case listAppend(UpdateOperand, UpdateOperand)
    case plus(UpdateOperand, UpdateOperand)
    case minus(UpdateOperand, UpdateOperand)
}
