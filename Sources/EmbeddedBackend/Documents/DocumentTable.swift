import Documents
import JSON
import SpeakModel

/// A table as the database knows it.
struct DocumentTable: Sendable {
    let id: Int64
    /// Grows with every change, so that whoever has looked a table up can tell whether it is still so.
    var version: Int64
    var description: TableDescription
    /// By which number the database knows each index, by its name; none is used twice.
    private(set) var indexNumbers: [String: Int64]
    private var nextIndexNumber: Int64
    /// Whether items that are there may not have their second of expiry yet.
    var isBackfillingLifetime = false

    var schema: TableSchema { description.schema }

    /// A table that is new.
    init(id: Int64, _ description: TableDescription) {
        self.id = id
        version = 0
        self.description = description
        indexNumbers = [:]
        nextIndexNumber = 0
        numberNewIndexes()
    }

    /// - Returns: Whether it is the same table, unchanged.
    func isSame(as other: DocumentTable) -> Bool {
        description.id == other.description.id && version == other.version
    }

    /// Replaces the description.
    ///
    /// - Returns: The numbers of indexes that are gone.
    mutating func change(to new: TableDescription) -> [Int64] {
        let old = description
        description = new
        version += 1
        let names = Set(new.schema.indexes.map(\.name))
        let gone = indexNumbers.filter { !names.contains($0.key) }
        for name in gone.keys { indexNumbers[name] = nil }
        let added = names.filter { indexNumbers[$0] == nil }
        numberNewIndexes()
        description.backfilling = old.backfilling.union(added).intersection(names)
        if new.schema.lifetimeAttribute != old.schema.lifetimeAttribute { isBackfillingLifetime = true }
        return Array(gone.values)
    }

    var isBackfilling: Bool { isBackfillingLifetime || !description.backfilling.isEmpty }

    mutating func finishBackfilling() {
        version += 1
        description.backfilling = []
        isBackfillingLifetime = false
    }

    private mutating func numberNewIndexes() {
        for index in schema.indexes where indexNumbers[index.name] == nil {
            indexNumbers[index.name] = nextIndexNumber
            nextIndexNumber += 1
        }
    }

    func number(of index: SecondaryIndex) -> Int64 {
        guard let number = indexNumbers[index.name] else { preconditionFailure("Every index has a number.") }
        return number
    }

    /// An item's place in one of the table's indexes.
    struct IndexEntry: Hashable, Sendable {
        let number: Int64
        let key: EncodedKey
    }

    /// The places of an item in the indexes that it is in.
    func indexEntries(of item: Item?) throws(DocumentError) -> Set<IndexEntry> {
        guard let item else { return [] }
        var entries: Set<IndexEntry> = []
        for index in schema.indexes {
            guard let key = try index.key.sparseKey(of: item, as: .index(index.name)) else { continue }
            entries.insert(IndexEntry(number: number(of: index), key: index.key.encoded(key)))
        }
        return entries
    }

    /// The second from which the item may be swept; `nil` where that never comes.
    func expiry(of item: Item) -> Int64? {
        // A number too large for this is no second that a sweeper will live to see.
        schema.expiry(of: item).flatMap { Int64(exactly: $0.double.rounded(.up)) }
    }
}

extension DocumentTable {
    /// What the database keeps as the table's schema.
    var json: JSONValue {
        var indexes: [JSONValue] = []
        for index in schema.indexes {
            var members: [String: JSONValue] = [
                "name": .string(index.name), "key": index.key.json, "number": .number(Int(number(of: index))),
            ]
            switch index.projection {
            case .all: break
            case .keysOnly: members["projection"] = []
            case .include(let names): members["projection"] = .array(names.map(JSONValue.string))
            }
            if index.isLocal { members["is_local"] = true }
            if description.backfilling.contains(index.name) { members["is_backfilling"] = true }
            indexes.append(.object(members))
        }
        return [
            "name": .string(schema.name), "key": schema.key.json, "indexes": .array(indexes),
            "lifetime_attribute": schema.lifetimeAttribute.map(JSONValue.string) ?? .null,
            "version": .number(Int(version)), "next_index_number": .number(Int(nextIndexNumber)),
            "is_backfilling_lifetime": .bool(isBackfillingLifetime),
        ]
    }

    /// From a row of the database.
    ///
    /// The first folders did not say `number`, `version` and what follows.
    ///
    /// - Returns: `nil` for what ``json`` did not make.
    init?(id: Int64, uuid: String, createdAt: Timestamp, settings: JSONValue, json: JSONValue) {
        guard let name = json["name"]?.string, let key = json["key"].flatMap(KeySchema.init(json:)),
            let stored = json["indexes"]?.array
        else { return nil }
        var numbers: [String: Int64] = [:]
        var indexes: [SecondaryIndex] = []
        var backfilling: Set<String> = []
        for (position, json) in stored.enumerated() {
            guard let index = SecondaryIndex(json: json) else { return nil }
            indexes.append(index)
            numbers[index.name] = Int64(json["number"]?.int ?? position)
            if json["is_backfilling"]?.bool == true { backfilling.insert(index.name) }
        }
        self.id = id
        version = Int64(json["version"]?.int ?? 0)
        indexNumbers = numbers
        nextIndexNumber = Int64(json["next_index_number"]?.int ?? stored.count)
        isBackfillingLifetime = json["is_backfilling_lifetime"]?.bool ?? false
        description = TableDescription(
            id: uuid,
            schema: TableSchema(
                name: name, key: key, indexes: indexes, lifetimeAttribute: json["lifetime_attribute"]?.string),
            createdAt: createdAt, settings: settings, backfilling: backfilling)
    }
}

extension SecondaryIndex {
    fileprivate init?(json: JSONValue) {
        guard let name = json["name"]?.string, let key = json["key"].flatMap(KeySchema.init(json:)) else { return nil }
        let names = json["projection"]?.array?.compactMap(\.string)
        self.init(
            name: name, key: key, projection: names.map { $0.isEmpty ? .keysOnly : .include($0) } ?? .all,
            isLocal: json["is_local"]?.bool ?? false)
    }
}

extension KeySchema {
    fileprivate var json: JSONValue {
        .array(attributes.map { ["name": .string($0.name), "type": .string($0.type.rawValue)] })
    }

    fileprivate init?(json: JSONValue) {
        guard let attributes = json.array?.compactMap(KeyAttribute.init(json:)), let partition = attributes.first,
            attributes.count == json.array?.count, attributes.count <= 2
        else { return nil }
        self.init(partition: partition, sort: attributes.count == 2 ? attributes[1] : nil)
    }
}

extension KeyAttribute {
    fileprivate init?(json: JSONValue) {
        guard let name = json["name"]?.string, let type = json["type"]?.string.flatMap(KeyType.init(rawValue:)) else {
            return nil
        }
        self.init(name, type)
    }
}
