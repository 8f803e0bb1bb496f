import JSON
import SpeakModel

extension TableSchema {
    /// The schema as the database keeps it.
    var json: JSONValue {
        [
            "name": .string(name), "key": key.json,
            "indexes": .array(indexes.map { ["name": .string($0.name), "key": $0.key.json] }),
            "lifetime_attribute": lifetimeAttribute.map { .string($0) } ?? .null,
        ]
    }

    /// - Returns: `nil` for what ``json`` did not make.
    init?(json: JSONValue) {
        guard let name = json["name"]?.string, let key = json["key"].flatMap(KeySchema.init(json:)),
            let indexes = json["indexes"]?.array?.map(SecondaryIndex.init(json:)), !indexes.contains(nil)
        else { return nil }
        self.init(
            name: name, key: key, indexes: indexes.compactMap { $0 },
            lifetimeAttribute: json["lifetime_attribute"]?.string)
    }
}

extension SecondaryIndex {
    fileprivate init?(json: JSONValue) {
        guard let name = json["name"]?.string, let key = json["key"].flatMap(KeySchema.init(json:)) else { return nil }
        self.init(name: name, key: key)
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
