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
    private(set) var index: SecondaryIndex?
    let limit: Int?
    let start: Item?
    private let isConsistent: Bool
    private let select: String?
    private var capacity: ConsumedCapacity
    private var projection: [DocumentPath]?

    init(_ call: Call, expressions: [String]) throws {
        request = try ItemRequest(call.input, expressions: expressions)
        limit = call.input["Limit"]?.int
        if let limit, limit < 1 {
            throw AWSError.constraint("\(limit)", at: "limit", "have value greater than or equal to 1")
        }
        let key = call.input["ExclusiveStartKey"]
        start = key == nil || key == .null ? nil : try WireItem.item(key, "ExclusiveStartKey")
        isConsistent = call.input["ConsistentRead"]?.bool ?? false
        select =
            call.input["Select"]?.string == nil
            ? nil
            : try call.input.choice(
                "Select", "", of: ["SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"])
        capacity = try ConsumedCapacity(call)
    }

    /// Reads what is to be answered, once the other expressions have been read.
    mutating func readProjection() throws {
        projection = try request.projection()
        try request.end()
        guard let select else { return }
        if projection != nil, select != "SPECIFIC_ATTRIBUTES" {
            throw AWSError.validation(
                "Cannot specify the \(request.input["AttributesToGet"] == nil ? "ProjectionExpression" : "AttributesToGet") "
                    + "when choosing to get \(select == "COUNT" ? "only the Count" : select)")
        }
        if select == "SPECIFIC_ATTRIBUTES", projection == nil {
            throw AWSError.validation(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES")
        }
        if select == "ALL_PROJECTED_ATTRIBUTES", request.input["IndexName"]?.string == nil {
            throw AWSError.validation("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")
        }
    }

    /// Finds the index, and refuses what it does not have.
    mutating func findIndex(in table: TableSchema) throws(AWSError) {
        guard let name = request.input["IndexName"]?.string else { return }
        guard let found = table.index(named: name) else {
            throw .validation("The table does not have the specified index: \(name)")
        }
        index = found
        // A local index fetches from its table what it does not have itself.
        guard !found.isLocal else { return }
        if isConsistent {
            throw .validation("Consistent reads are not supported on global secondary indexes")
        }
        guard let names = found.attributeNames(of: table) else { return }
        if select == "ALL_ATTRIBUTES" {
            throw .invalidParameters(
                "Select type ALL_ATTRIBUTES is not supported for global secondary index \(name) "
                    + "because its projection type is not ALL")
        }
        let missing = (projection ?? []).map(\.attribute).filter { !names.contains($0) }
        guard missing.isEmpty else {
            throw .invalidParameters(
                "Global secondary index \(name) does not project [\(missing.joined(separator: ", "))]")
        }
    }

    mutating func answer(_ page: DocumentPage, _ table: TableSchema) throws -> Operation.Answer {
        capacity.read(page.scannedBytes, from: table.name, index: index, consistent: isConsistent)
        var answer = capacity.members(table.name)
        answer["Count"] = .number(page.stored.count)
        answer["ScannedCount"] = .number(page.scannedCount)
        answer["LastEvaluatedKey"] = page.lastKey?.json
        if select == "COUNT" { return .value(.object(answer)) }
        let items = try page.stored.map { isShownWhole ? $0.json : try shown($0.item, table).json.utf8 }
        return .object(
            answer, "Items", Array("[".utf8) + items.joined(separator: [UInt8(ascii: ",")]) + Array("]".utf8))
    }

    private var isShownWhole: Bool {
        projection == nil && (index == nil || index?.projection == .all || select == "ALL_ATTRIBUTES")
    }

    /// An item as far as the index has it and the request wants it.
    private func shown(_ item: Item, _ table: TableSchema) throws -> Item {
        var item = item
        if let index, select != "ALL_ATTRIBUTES", !(index.isLocal && projection != nil) {
            item = index.projected(item, of: table)
        }
        return try projection.map { try item.projected(to: $0) } ?? item
    }
}
