import Documents
import JSON
import SpeakModel

/// What Query and Scan have in common.
struct PageRequest {
    static let members: [Shape.Member] = [
        .init("TableName", .string), .init("IndexName", .string), .init("Select", .string),
        .init("AttributesToGet", .any), .init("Limit", .integer), .init("ConsistentRead", .boolean),
        .init("ConditionalOperator", .string), .init("ExclusiveStartKey", .any),
        .init("ReturnConsumedCapacity", .string), .init("ProjectionExpression", .string),
        .init("FilterExpression", .string), .init("ExpressionAttributeNames", .any),
        .init("ExpressionAttributeValues", .any),
    ]

    var request: ItemRequest
    let index: SecondaryIndex?
    let limit: Int?
    let start: Item?
    private let isConsistent: Bool
    private var capacity: ConsumedCapacity
    private var projection: [DocumentPath]?
    private var isCount = false
    /// Whether an index is to give what it has not, too.
    private var wantsAll = false

    init(_ call: Call, _ table: TableDescription, expressions: [String]) throws {
        request = try ItemRequest(call.input, table, expressions: expressions)
        if let name = call.input["IndexName"]?.string {
            guard let found = table.schema.index(named: name) else {
                throw AWSError.validation("The table does not have the specified index: \(name)")
            }
            index = found
        } else {
            index = nil
        }
        limit = call.input["Limit"]?.int
        if let limit, limit < 1 {
            throw AWSError.validation(
                "1 validation error detected: Value '\(limit)' at 'limit' failed to satisfy constraint: "
                    + "Member must have value greater than or equal to 1")
        }
        let key = call.input["ExclusiveStartKey"]
        start = key == nil || key == .null ? nil : try WireItem.item(key, "ExclusiveStartKey")
        isConsistent = call.input["ConsistentRead"]?.bool ?? false
        if isConsistent, let index, !index.isLocal {
            throw AWSError.validation("Consistent reads are not supported on global secondary indexes")
        }
        capacity = try ConsumedCapacity(call)
    }

    /// Reads what is to be answered, once the other expressions have been read.
    mutating func finish() throws {
        projection = try request.projection()
        try request.end()
        guard request.input["Select"]?.string != nil else { return }
        let select = try request.choice(
            "Select", ["SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"])
        isCount = select == "COUNT"
        if projection != nil, select != "SPECIFIC_ATTRIBUTES" {
            throw AWSError.validation(
                "Cannot specify the \(request.input["AttributesToGet"] == nil ? "ProjectionExpression" : "AttributesToGet") "
                    + "when choosing to get \(select == "COUNT" ? "only the Count" : select)")
        }
        switch select {
        case "SPECIFIC_ATTRIBUTES" where projection == nil:
            throw AWSError.validation(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES")
        case "ALL_PROJECTED_ATTRIBUTES" where index == nil:
            throw AWSError.validation("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")
        case "ALL_ATTRIBUTES":
            if let index, !index.isLocal, index.projection != .all {
                throw AWSError.invalidParameters(
                    "Select type ALL_ATTRIBUTES is not supported for global secondary index \(index.name) "
                        + "because its projection type is not ALL")
            }
        default: break
        }
        wantsAll = select == "ALL_ATTRIBUTES"
    }

    mutating func answer(_ page: DocumentPage) throws -> Operation.Answer {
        capacity.read(
            page.scannedBytes, from: request.table.schema.name, index: index, consistent: isConsistent)
        var answer = capacity.members(request.table.schema.name)
        answer["Count"] = .number(page.stored.count)
        answer["ScannedCount"] = .number(page.scannedCount)
        answer["LastEvaluatedKey"] = page.lastKey?.json
        if isCount { return .value(.object(answer)) }
        let items = try page.stored.map { isShownWhole ? $0.json : try shown($0.item).json.utf8 }
        return .object(
            answer, "Items", Array("[".utf8) + items.joined(separator: [UInt8(ascii: ",")]) + Array("]".utf8))
    }

    private var isShownWhole: Bool { projection == nil && (index == nil || index?.projection == .all || wantsAll) }

    /// An item as far as the index has it and the request wants it.
    ///
    /// A local index fetches from its table what it does not have itself.
    private func shown(_ item: Item) throws -> Item {
        var item = item
        if let index, !wantsAll, !(index.isLocal && projection != nil) {
            item = index.projected(item, of: request.table.schema)
        }
        return try projection.map { try item.projected(to: $0) } ?? item
    }
}
