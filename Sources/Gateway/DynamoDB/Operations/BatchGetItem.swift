import Documents
import JSON
import SpeakModel

extension Operation {
    /// Up to a hundred items of any tables; those beyond 16 MB are left for another request.
    static let batchGetItem = Operation(
        "BatchGetItem", input: [.init("RequestItems", .any), .init("ReturnConsumedCapacity", .string)]
    ) { call in
        let parts = try call.requestItems()
        var count = 0
        var reads: [TableRead] = []
        for (name, part) in parts {
            let read = try TableRead(name, part)
            count += read.keys.count
            reads.append(read)
        }
        guard count <= 100 else {
            throw AWSError.validation("Too many items requested for the BatchGetItem call")
        }
        var capacity = try ConsumedCapacity(call)
        for place in reads.indices { try await reads[place].findTable(call) }
        let keys = reads.flatMap { read in read.keys.map { DocumentKey(table: read.table, $0) } }
        var items = try await call.documents.stored(keys)[...]
        var responses: [String: JSONValue] = [:]
        var left: [String: JSONValue] = [:]
        var bytes = 0
        for read in reads {
            var found: [JSONValue] = []
            var unread: [JSONValue] = []
            for (key, item) in zip(read.keys, items.prefix(read.keys.count)) {
                bytes += item?.sizeInBytes ?? 0
                guard bytes <= 16 << 20 else {
                    unread.append(key.json)
                    continue
                }
                capacity.read(item?.sizeInBytes ?? 0, from: read.table, consistent: read.isConsistent)
                if let item {
                    found.append(try read.projection.map { try item.item.projected(to: $0) }?.json ?? item.item.json)
                }
            }
            items = items.dropFirst(read.keys.count)
            responses[read.name] = .array(found)
            if !unread.isEmpty { left[read.name] = .object(read.members.merging(["Keys": .array(unread)]) { $1 }) }
        }
        return .object(
            capacity.members().merging(["Responses": .object(responses), "UnprocessedKeys": .object(left)]) { $1 })
    }
}

/// The part of a BatchGetItem for one table.
private struct TableRead {
    /// As the request names it.
    let name: String
    let members: [String: JSONValue]
    private(set) var table = ""
    let keys: [Item]
    let projection: [DocumentPath]?
    let isConsistent: Bool

    init(_ name: String, _ part: JSONValue) throws {
        self.name = name
        members = part.object ?? [:]
        var request = try ItemRequest(part, expressions: ["ProjectionExpression"])
        let given = part["Keys"]?.array ?? []
        guard (1...100).contains(given.count) else {
            throw AWSError.length("[...]", at: "requestItems.\(name).member.keys", given.count, in: 1...100)
        }
        keys = try given.map { try WireItem.item($0, "Key") }
        guard Set(keys).count == keys.count else {
            throw AWSError.validation("Provided list of item keys contains duplicates")
        }
        projection = try request.projection()
        try request.end()
        isConsistent = part["ConsistentRead"]?.bool ?? false
    }

    /// Finds the table that is meant, and refuses keys that it does not have.
    mutating func findTable(_ call: Call) async throws {
        let schema = try await call.table(in: ["TableName": .string(name)]).schema
        for key in keys { try schema.key.checkKey(key) }
        table = schema.name
    }
}

extension Call {
    /// The parts of a batch, by their tables.
    func requestItems() throws(AWSError) -> [(String, JSONValue)] {
        guard let items = input["RequestItems"]?.object else { throw .missing("RequestItems") }
        guard !items.isEmpty else {
            throw .constraint("{}", at: "requestItems", "have length greater than or equal to 1")
        }
        return items.sorted { $0.key < $1.key }
    }
}
