package import Documents
package import JSON
package import SpeakModel

extension AWSDocumentStore {
    package func createTable(_ schema: TableSchema) async throws {
        do {
            _ = try await createNewTable(schema, settings: [:])
        } catch DocumentError.tableExists {
            let existing = try await settled(schema.name).schema
            guard existing.key == schema.key, Set(schema.indexes).isSubset(of: existing.indexes) else {
                throw DocumentError.tableExists(schema.name)
            }
        }
    }

    /// - Parameter settings: What CreateTable takes beside keys and indexes; a table is paid by request unless it says
    ///   otherwise.
    package func createNewTable(_ schema: TableSchema, settings: JSONValue) async throws -> TableDescription {
        try schema.checkDefinition()
        var input: [String: JSONValue] = ["BillingMode": "PAY_PER_REQUEST"]
        input.merge(settings.object ?? [:]) { $1 }
        input.merge(TableJSON.definition(schema)) { $1 }
        // Not repeated: the second time it would find what the first one made.
        _ = try await dynamoDB.call("CreateTable", input, table: schema.name, isRepeatable: false)
        let made = try await settled(schema.name)
        guard let attribute = schema.lifetimeAttribute else { return made }
        try await setLifetime(attribute, isOn: true, of: schema.name)
        return try await description(ofTable: schema.name)
    }

    private func setLifetime(_ attribute: String, isOn: Bool, of table: String) async throws {
        _ = try await dynamoDB.call(
            "UpdateTimeToLive",
            [
                "TableName": .string(table),
                "TimeToLiveSpecification": ["AttributeName": .string(attribute), "Enabled": .bool(isOn)],
            ], table: table, isRepeatable: false)
    }

    package func description(ofTable name: String) async throws -> TableDescription {
        let table = try await described(name)
        let answer = try await dynamoDB.call("DescribeTimeToLive", ["TableName": .string(name)], table: name)
        let lifetime = answer["TimeToLiveDescription"]
        let isOn = ["ENABLED", "ENABLING"].contains(lifetime?["TimeToLiveStatus"]?.string)
        return try table.description(lifetimeAttribute: isOn ? lifetime?["AttributeName"]?.string : nil)
    }

    private func described(_ name: String) async throws -> DescribedTable {
        let answer = try await dynamoDB.call("DescribeTable", ["TableName": .string(name)], table: name)
        return DescribedTable(answer["Table"] ?? [:])
    }

    /// The table once it can be used.
    private func settled(_ name: String) async throws -> TableDescription {
        while try await !described(name).isSettled { try await pause(Self.pauseBetweenLooks) }
        return try await description(ofTable: name)
    }

    private static let pauseBetweenLooks = Duration.milliseconds(500)

    package func schema(ofTable name: String) async throws -> TableSchema {
        try await description(ofTable: name).schema
    }

    package func size(ofTable name: String) async throws -> TableSize { try await described(name).size }

    /// Reads, changes, writes: DynamoDB takes one change of an index at a time, so several are made one after another.
    package func updateTable(
        _ name: String, _ change: @escaping @Sendable (inout TableDescription) throws -> Void
    ) async throws -> TableDescription {
        let old = try await description(ofTable: name)
        var new = old
        try change(&new)
        try new.schema.checkDefinition()
        for gone in old.schema.indexes where !new.schema.indexes.contains(gone) {
            try await update(name, ["GlobalSecondaryIndexUpdates": [["Delete": ["IndexName": .string(gone.name)]]]])
        }
        for added in new.schema.indexes where !old.schema.indexes.contains(added) {
            try await update(
                name,
                [
                    "AttributeDefinitions": TableJSON.attributes([new.schema.key] + new.schema.indexes.map(\.key)),
                    "GlobalSecondaryIndexUpdates": [["Create": TableJSON.index(added)]],
                ])
        }
        if let attribute = old.schema.lifetimeAttribute, attribute != new.schema.lifetimeAttribute {
            try await setLifetime(attribute, isOn: false, of: name)
        }
        if let attribute = new.schema.lifetimeAttribute, attribute != old.schema.lifetimeAttribute {
            try await setLifetime(attribute, isOn: true, of: name)
        }
        let settings = (new.settings.object ?? [:]).filter { old.settings[$0.key] != $0.value }
        if !settings.isEmpty { try await update(name, settings) }
        return try await description(ofTable: name)
    }

    private func update(_ name: String, _ members: [String: JSONValue]) async throws {
        _ = try await settled(name)
        _ = try await dynamoDB.call(
            "UpdateTable", members.merging(["TableName": .string(name)]) { $1 }, table: name, isRepeatable: false)
    }

    package func deleteTable(_ name: String) async throws {
        _ = try await settled(name)
        _ = try await dynamoDB.call("DeleteTable", ["TableName": .string(name)], table: name, isRepeatable: false)
        do {
            while true {
                _ = try await described(name)
                try await pause(Self.pauseBetweenLooks)
            }
        } catch DocumentError.noSuchTable {}
    }

    package func tableNames() async throws -> [String] {
        var names: [String] = []
        var last: JSONValue?
        repeat {
            var input: [String: JSONValue] = [:]
            input["ExclusiveStartTableName"] = last
            let answer = try await dynamoDB.call("ListTables", input)
            names += (answer["TableNames"]?.array ?? []).compactMap(\.string)
            last = answer["LastEvaluatedTableName"]
        } while last?.string != nil
        return names.sorted()
    }
}
