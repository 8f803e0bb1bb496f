import Documents
import JSON
import SpeakModel

/// The item collections that a request writes to: there where tables have local indexes.
struct ItemCollections {
    private let isWanted: Bool
    /// Partition keys by table, none twice.
    private var keys: [String: [Item]] = [:]

    init(_ call: Call) throws(AWSError) {
        isWanted = try call.input.choice("ReturnItemCollectionMetrics", "NONE", of: ["SIZE", "NONE"]) == "SIZE"
    }

    mutating func add(_ result: WriteResult, to table: TableSchema) {
        let name = table.key.partition.name
        guard isWanted, table.indexes.contains(where: \.isLocal), let partition = (result.new ?? result.old)?[name]
        else { return }
        let key: Item = [name: partition]
        if keys[table.name]?.contains(key) != true { keys[table.name, default: []].append(key) }
    }

    /// For one item of one table: the member of the answer, where it was asked for.
    func members(_ table: String) -> [String: JSONValue] {
        keys[table]?.first.map { ["ItemCollectionMetrics": Self.json($0)] } ?? [:]
    }

    /// For all tables: the member of the answer, where it was asked for.
    func members() -> [String: JSONValue] {
        keys.isEmpty ? [:] : ["ItemCollectionMetrics": .object(keys.mapValues { .array($0.map(Self.json)) })]
    }

    /// No collection is as large as one gigabyte here.
    private static func json(_ key: Item) -> JSONValue {
        ["ItemCollectionKey": key.json, "SizeEstimateRangeGB": [.number(0), .number(1)]]
    }
}
