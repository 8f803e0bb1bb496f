/// A DynamoDB value.
package indirect enum AttributeValue: Hashable, Sendable {
    case string(String)
    case number(DocumentNumber)
    case binary([UInt8])
    case bool(Bool)
    case null
    case list([AttributeValue])
    case map(Item)
    case stringSet(Set<String>)
    case numberSet(Set<DocumentNumber>)
    case binarySet(Set<[UInt8]>)
}

/// A row: its attributes by name.
package typealias Item = [String: AttributeValue]
