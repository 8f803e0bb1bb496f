/// A condition on an item: what ConditionExpression and FilterExpression say.
package indirect enum Condition: Hashable, Sendable {
    case compare(Operand, Comparison, Operand)
    case between(Operand, Operand, Operand)
    case isIn(Operand, [Operand])
    case exists(DocumentPath)
    case notExists(DocumentPath)
    /// The value at the path has the type that DynamoDB calls `S`, `N`, `B`, `BOOL`, `NULL`, `L`, `M`, `SS`, `NS`, `BS`.
    case hasType(DocumentPath, String)
    case beginsWith(Operand, Operand)
    case contains(Operand, Operand)
    case and(Condition, Condition)
    case or(Condition, Condition)
    case not(Condition)
}

package enum Comparison: String, Hashable, Sendable {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

package enum Operand: Hashable, Sendable {
    case path(DocumentPath)
    case value(AttributeValue)
    /// The length of a string or binary, the count of a set, list or map.
    case size(DocumentPath)
}
