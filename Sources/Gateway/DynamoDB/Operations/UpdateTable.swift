import Documents
import JSON
import SpeakModel

extension Operation {
    /// Changes what a table is paid for, and creates or deletes a global index; a new one is filled from the items that
    /// are there while others read and write.
    static let updateTable = Operation(
        "UpdateTable",
        input: [
            .init("TableName", .string), .init("AttributeDefinitions", .any), .init("BillingMode", .string),
            .init("ProvisionedThroughput", .any), .init("GlobalSecondaryIndexUpdates", .any),
            .init("StreamSpecification", .any), .init("SSESpecification", .any), .init("TableClass", .string),
            .init("OnDemandThroughput", .any), .init("DeletionProtectionEnabled", .boolean),
        ]
    ) { call in
        let before = try await call.existingTable().schema
        let input = call.input
        guard TableUpdate.members.contains(where: { input[$0] != nil && input[$0] != .null }) else {
            throw AWSError.validation(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required"
            )
        }
        let table = try await call.documents.updateTable(before.name) { table in
            var settings = TableSettings(table)
            try settings.apply(input, isNew: false, now: .now())
            try TableUpdate.changeIndexes(of: &table, &settings, input)
            table.settings = settings.json
        }
        let size = try await call.documents.size(ofTable: before.name)
        let deleted = before.indexes.filter { table.schema.index(named: $0.name) == nil }
        return [
            "TableDescription": TableAnswer.json(table, size, status: "UPDATING", deleted: deleted, call: call)
        ]
    }
}

enum TableUpdate {
    static let members = TableSettings.kept + ["GlobalSecondaryIndexUpdates"]

    static func changeIndexes(
        of table: inout TableDescription, _ settings: inout TableSettings, _ input: JSONValue
    ) throws(AWSError) {
        let updates = input["GlobalSecondaryIndexUpdates"]?.array ?? []
        let (created, deleted) = (updates.compactMap { $0["Create"] }, updates.compactMap { $0["Delete"] })
        guard created.count + deleted.count <= 1 else {
            throw AWSError(
                "LimitExceededException",
                "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table")
        }
        for (position, update) in updates.enumerated() {
            guard let index = update["Create"] else { continue }
            let place = "globalSecondaryIndexUpdates.\(position + 1).member.create"
            try create(index, at: place, in: &table, input)
            try settings.addIndex(index, at: place)
        }
        for index in deleted {
            guard let name = index["IndexName"]?.string, table.schema.index(named: name)?.isLocal == false else {
                throw .resourceNotFound("Requested resource not found")
            }
            table.schema.indexes.removeAll { $0.name == name }
            settings.removeIndex(name)
        }
        for (position, update) in updates.enumerated() {
            guard let update = update["Update"] else { continue }
            guard let name = update["IndexName"]?.string, table.schema.index(named: name)?.isLocal == false else {
                throw .validation("The table does not have the specified index: \(update["IndexName"]?.string ?? "")")
            }
            try settings.changeIndex(
                name, update, at: "globalSecondaryIndexUpdates.\(position + 1).member.update")
        }
    }

    private static func create(
        _ json: JSONValue, at place: String, in table: inout TableDescription, _ input: JSONValue
    ) throws(AWSError) {
        let definition = try TableDefinition(input["AttributeDefinitions"])
        let index = try definition.index(json, at: place, isLocal: false, of: table.schema.key)
        if table.schema.index(named: index.name) != nil {
            throw .validation("Attempting to create an index which already exists")
        }
        table.schema.indexes.append(index)
    }
}
