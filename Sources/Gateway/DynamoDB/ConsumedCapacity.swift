import Documents
import JSON
import SpeakModel

/// What DynamoDB would count a request as, in its capacity units.
///
/// Source: "Read and write operations" in the Amazon DynamoDB Developer Guide.
struct ConsumedCapacity {
    private let wanted: String
    private var byTable: [String: Double] = [:]
    private var byIndex: [String: [String: Double]] = [:]
    private var local: Set<String> = []

    init(_ call: Call) throws(AWSError) {
        wanted = call.input["ReturnConsumedCapacity"]?.string ?? "NONE"
        guard ["INDEXES", "TOTAL", "NONE"].contains(wanted) else {
            throw .validation(
                "1 validation error detected: Value '\(wanted)' at 'returnConsumedCapacity' failed to satisfy "
                    + "constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]")
        }
    }

    /// Half a unit for each 4 KB begun, a whole one if the read is consistent, two in a transaction.
    mutating func read(
        _ bytes: Int, from table: String, index: SecondaryIndex? = nil, consistent: Bool, factor: Double = 1
    ) {
        let units = Double(max(1, (bytes + 4095) / 4096)) * (consistent ? 1 : 0.5) * factor
        add(units, table, index)
    }

    /// A unit for each KB begun of the larger of both, for each index that has to change too.
    mutating func write(_ result: WriteResult, to table: TableSchema, factor: Double = 1) {
        func units(_ old: Item?, _ new: Item?) -> Double {
            Double(max(1, (max(old?.sizeInBytes ?? 0, new?.sizeInBytes ?? 0) + 1023) / 1024)) * factor
        }
        add(units(result.old, result.new), table.name, nil)
        for index in table.indexes {
            func entry(_ item: Item?) -> Item? {
                item.flatMap { item in
                    index.key.attributes.allSatisfy { item[$0.name] != nil } ? index.projected(item, of: table) : nil
                }
            }
            let (old, new) = (entry(result.old), entry(result.new))
            if old != new { add(units(old, new), table.name, index) }
        }
    }

    private mutating func add(_ units: Double, _ table: String, _ index: SecondaryIndex?) {
        if let index {
            byIndex[table, default: [:]][index.name, default: 0] += units
            if index.isLocal { local.insert(index.name) }
        } else {
            byTable[table, default: 0] += units
        }
    }

    /// For one table: the member of the answer, where it was asked for.
    func members(_ table: String) -> [String: JSONValue] {
        wanted == "NONE" ? [:] : ["ConsumedCapacity": json(table)]
    }

    /// For all tables: the member of the answer, where it was asked for.
    func members() -> [String: JSONValue] {
        let tables = Set(byTable.keys).union(byIndex.keys).sorted()
        return wanted == "NONE" ? [:] : ["ConsumedCapacity": .array(tables.map(json))]
    }

    private func json(_ table: String) -> JSONValue {
        let indexes = byIndex[table] ?? [:]
        let own = byTable[table] ?? 0
        var members: [String: JSONValue] = [
            "TableName": .string(table), "CapacityUnits": .number(own + indexes.values.reduce(0, +)),
        ]
        if wanted == "INDEXES" {
            members["Table"] = ["CapacityUnits": .number(own)]
            for (name, isLocal) in [("GlobalSecondaryIndexes", false), ("LocalSecondaryIndexes", true)] {
                let part = indexes.filter { local.contains($0.key) == isLocal }
                if !part.isEmpty { members[name] = .object(part.mapValues { ["CapacityUnits": .number($0)] }) }
            }
        }
        return .object(members)
    }
}

extension SecondaryIndex {
    /// What the index has of an item.
    func projected(_ item: Item, of table: TableSchema) -> Item {
        switch projection {
        case .all: return item
        case .keysOnly: return item.filter { keyNames(of: table).contains($0.key) }
        case .include(let names):
            let kept = keyNames(of: table).union(names)
            return item.filter { kept.contains($0.key) }
        }
    }

    private func keyNames(of table: TableSchema) -> Set<String> {
        Set((table.key.attributes + key.attributes).map(\.name))
    }
}
