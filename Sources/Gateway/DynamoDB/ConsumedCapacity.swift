import Documents
import JSON
import SpeakModel

/// What DynamoDB would count a request as, in its capacity units.
///
/// Source: "Read and write operations" in the Amazon DynamoDB Developer Guide.
struct ConsumedCapacity {
    private let wanted: String
    private let isTransaction: Bool
    /// What a transaction counts: it only reads or only writes.
    private var unitName = "ReadCapacityUnits"
    private var byTable: [String: Double] = [:]
    private var byIndex: [String: [String: Double]] = [:]
    private var local: Set<String> = []

    /// - Parameter isTransaction: Whether everything counts twice, and under the names of its units too.
    init(_ call: Call, isTransaction: Bool = false) throws(AWSError) {
        self.isTransaction = isTransaction
        wanted = try call.input.choice("ReturnConsumedCapacity", "NONE", of: ["INDEXES", "TOTAL", "NONE"])
    }

    /// Half a unit for each 4 KB begun, a whole one if the read is consistent, two in a transaction.
    mutating func read(_ bytes: Int, from table: String, index: SecondaryIndex? = nil, consistent: Bool) {
        unitName = "ReadCapacityUnits"
        add(Double(max(1, (bytes + 4095) / 4096)) * (consistent ? 1 : 0.5), table, index)
    }

    /// A unit for each KB begun of the larger of both, for each index that has to change too.
    ///
    /// An index whose key changes loses one entry and gets another.
    mutating func write(_ result: WriteResult, to table: TableSchema) {
        unitName = "WriteCapacityUnits"
        func units(_ old: Item?, _ new: Item?) -> Double {
            Double(max(1, (max(old?.sizeInBytes ?? 0, new?.sizeInBytes ?? 0) + 1023) / 1024))
        }
        add(units(result.old, result.new), table.name, nil)
        for index in table.indexes {
            func entry(_ item: Item?) -> Item? {
                item.flatMap { item in
                    index.key.attributes.allSatisfy { item[$0.name] != nil } ? index.projected(item, of: table) : nil
                }
            }
            let (old, new) = (entry(result.old), entry(result.new))
            guard old != new else { continue }
            let isMoved = old != nil && new != nil && index.key.attributes.contains { old?[$0.name] != new?[$0.name] }
            add(isMoved ? units(old, nil) + units(nil, new) : units(old, new), table.name, index)
        }
    }

    private mutating func add(_ units: Double, _ table: String, _ index: SecondaryIndex?) {
        let units = isTransaction ? 2 * units : units
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
        var members = counted(own + indexes.values.reduce(0, +))
        members["TableName"] = .string(table)
        if wanted == "INDEXES" {
            members["Table"] = .object(counted(own))
            for (name, isLocal) in [("GlobalSecondaryIndexes", false), ("LocalSecondaryIndexes", true)] {
                let part = indexes.filter { local.contains($0.key) == isLocal }
                if !part.isEmpty { members[name] = .object(part.mapValues { .object(counted($0)) }) }
            }
        }
        return .object(members)
    }

    private func counted(_ units: Double) -> [String: JSONValue] {
        let members: [String: JSONValue] = ["CapacityUnits": .number(units)]
        return isTransaction ? members.merging([unitName: .number(units)]) { $1 } : members
    }
}
