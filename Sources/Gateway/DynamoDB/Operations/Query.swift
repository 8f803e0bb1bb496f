import Documents
import JSON
import SpeakModel

extension Operation {
    static let query = Operation(
        "Query",
        input: PageRequest.members + [
            .init("KeyConditionExpression", .string), .init("KeyConditions", .any), .init("QueryFilter", .any),
            .init("ScanIndexForward", .boolean),
        ]
    ) { call -> Answer in
        var page = try PageRequest(
            call, expressions: ["KeyConditionExpression", "FilterExpression", "ProjectionExpression"])
        let key = try page.request.keyCondition()
        let filter = try page.request.filter("QueryFilter")
        try page.readProjection()
        let table = try await call.table().schema
        try page.findIndex(in: table)
        let schema = page.index?.key ?? table.key
        if let bad = filter?.attributes.first(where: { name in schema.attributes.contains { $0.name == name } }) {
            throw AWSError.validation(
                call.input["FilterExpression"] == nil
                    ? "QueryFilter can only contain non-primary key attributes: Primary key attribute: \(bad)"
                    : "Filter Expression can only contain non-primary key attributes: Primary key attribute: \(bad)")
        }
        let found = try await call.documents.query(
            DocumentQuery(
                table: table.name, index: page.index?.name, key: key.resolved(for: schema), filter: filter,
                forward: call.input["ScanIndexForward"]?.bool ?? true, limit: page.limit,
                startAfter: page.start))
        return try page.answer(found, table)
    }
}

extension Condition {
    /// The attributes that it looks at.
    fileprivate var attributes: Set<String> {
        switch self {
        case .compare(let left, _, let right): left.attributes.union(right.attributes)
        case .between(let value, let low, let high):
            value.attributes.union(low.attributes).union(high.attributes)
        case .isIn(let value, let candidates):
            candidates.reduce(value.attributes) { $0.union($1.attributes) }
        case .exists(let path), .notExists(let path), .hasType(let path, _): [path.attribute]
        case .beginsWith(let one, let other), .contains(let one, let other):
            one.attributes.union(other.attributes)
        case .and(let one, let other), .or(let one, let other): one.attributes.union(other.attributes)
        case .not(let condition): condition.attributes
        }
    }
}

extension Operand {
    fileprivate var attributes: Set<String> {
        switch self {
        case .path(let path), .size(let path): [path.attribute]
        case .value: []
        }
    }
}
