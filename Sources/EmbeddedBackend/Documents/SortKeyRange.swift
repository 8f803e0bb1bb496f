import Documents

/// A range of sort keys, as bytes.
struct SortKeyRange: Hashable, Sendable {
    struct Bound: Hashable, Sendable {
        let bytes: [UInt8]
        let isIncluded: Bool

        func includes(_ other: [UInt8]) -> Bool { isIncluded && bytes == other }
    }

    var lower: Bound?
    var upper: Bound?

    /// All sort keys.
    init() {}

    func contains(_ bytes: [UInt8]) -> Bool {
        let isAbove = lower.map { $0.bytes.lexicographicallyPrecedes(bytes) || $0.includes(bytes) }
        let isBelow = upper.map { bytes.lexicographicallyPrecedes($0.bytes) || $0.includes(bytes) }
        return isAbove ?? true && isBelow ?? true
    }

    /// - Parameter condition: One whose values fit the schema.
    init(_ condition: KeyCondition.Sort) {
        switch condition {
        case .equal(let value): (lower, upper) = (.init(value, isIncluded: true), .init(value, isIncluded: true))
        case .less(let value): upper = .init(value, isIncluded: false)
        case .lessOrEqual(let value): upper = .init(value, isIncluded: true)
        case .greater(let value): lower = .init(value, isIncluded: false)
        case .greaterOrEqual(let value): lower = .init(value, isIncluded: true)
        case .between(let low, let high):
            (lower, upper) = (.init(low, isIncluded: true), .init(high, isIncluded: true))
        case .beginsWith(let prefix):
            lower = .init(prefix, isIncluded: true)
            upper = lower?.bytes.firstWithoutPrefix.map { Bound(bytes: $0, isIncluded: false) }
        }
    }
}

extension SortKeyRange.Bound {
    fileprivate init(_ value: AttributeValue, isIncluded: Bool) {
        guard let bytes = value.orderedBytes else {
            preconditionFailure("A \(value.type.rawValue) is no key; the condition was not resolved.")
        }
        self.init(bytes: bytes, isIncluded: isIncluded)
    }
}

extension [UInt8] {
    /// The first bytes after all that begin with these; `nil` where nothing comes after them.
    fileprivate var firstWithoutPrefix: [UInt8]? {
        guard let last = lastIndex(where: { $0 < 0xFF }) else { return nil }
        return self[..<last] + [self[last] + 1]
    }
}
