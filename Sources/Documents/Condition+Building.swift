extension Condition {
    /// An attribute beside a value, as in `.compare("status", .notEqual, "COMPLETED")`.
    package static func compare(
        _ path: DocumentPath, _ comparison: Comparison, _ value: AttributeValue
    ) -> Condition {
        .compare(.path(path), comparison, .value(value))
    }

    /// An attribute that has a value, as in `.equals("status", "PENDING")`.
    package static func equals(_ path: DocumentPath, _ value: AttributeValue) -> Condition {
        .compare(.path(path), .equal, .value(value))
    }

    /// Both ends included.
    package static func between(_ path: DocumentPath, _ low: AttributeValue, _ high: AttributeValue) -> Condition {
        .between(.path(path), .value(low), .value(high))
    }

    package static func isIn(_ path: DocumentPath, _ candidates: [AttributeValue]) -> Condition {
        .isIn(.path(path), candidates.map { .value($0) })
    }

    package static func beginsWith(_ path: DocumentPath, _ prefix: AttributeValue) -> Condition {
        .beginsWith(.path(path), .value(prefix))
    }

    package static func contains(_ path: DocumentPath, _ element: AttributeValue) -> Condition {
        .contains(.path(path), .value(element))
    }

    package static func && (left: Condition, right: Condition) -> Condition { .and(left, right) }

    package static func || (left: Condition, right: Condition) -> Condition { .or(left, right) }

    package static prefix func ! (condition: Condition) -> Condition { .not(condition) }
}
