extension AttributeValue {
    /// Whether this value comes before another of its type; `nil` for two types and for types without an order.
    ///
    /// Strings and binaries are in the order of their bytes.
    package func isLess(than other: AttributeValue) -> Bool? {
        switch (self, other) {
        case (.string(let left), .string(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.number(let left), .number(let right)): left < right
        case (.binary(let left), .binary(let right)): left.lexicographicallyPrecedes(right)
        default: nil
        }
    }

    /// A key value's bytes, which compare as the values do; `nil` for types that no key has.
    package var orderedBytes: [UInt8]? {
        switch self {
        case .string(let value): Array(value.utf8)
        case .number(let value): value.orderedBytes
        case .binary(let value): value
        default: nil
        }
    }
}
