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
            .init("DeletionProtectionEnabled", .boolean),
        ]
    ) { call in
        let name = try await call.existingTable().schema.name
        let input = call.input
        guard TableUpdate.members.contains(where: { input[$0] != nil && input[$0] != .null }) else {
            throw AWSError.validation(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required"
            )
        }
        let table = try await call.documents.updateTable(name) { table in
            var settings = TableSettings(table.settings)
            try settings.apply(input, isNew: false)
            table.settings = settings.json
            try TableUpdate.changeIndexes(of: &table, input)
        }
        let size = try await call.documents.size(ofTable: name)
        return ["TableDescription": TableAnswer.json(table, size, status: "UPDATING", call: call)]
    }
}

enum TableUpdate {
    static let members = [
        "BillingMode", "ProvisionedThroughput", "GlobalSecondaryIndexUpdates", "StreamSpecification",
        "SSESpecification", "TableClass", "DeletionProtectionEnabled",
    ]

    static func changeIndexes(of table: inout TableDescription, _ input: JSONValue) throws(AWSError) {
        let updates = input["GlobalSecondaryIndexUpdates"]?.array ?? []
        let (created, deleted) = (updates.compactMap { $0["Create"] }, updates.compactMap { $0["Delete"] })
        guard created.count + deleted.count <= 1 else {
            throw AWSError(
                "LimitExceededException",
                "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table")
        }
        for index in created { try create(index, in: &table, input) }
        for index in deleted {
            guard let name = index["IndexName"]?.string, table.schema.index(named: name)?.isLocal == false else {
                throw .resourceNotFound("Requested resource not found")
            }
            table.schema.indexes.removeAll { $0.name == name }
        }
        for update in updates.compactMap({ $0["Update"] }) {
            guard let name = update["IndexName"]?.string, table.schema.index(named: name)?.isLocal == false else {
                throw .validation("The table does not have the specified index: \(update["IndexName"]?.string ?? "")")
            }
        }
    }

    private static func create(
        _ json: JSONValue, in table: inout TableDescription, _ input: JSONValue
    ) throws(AWSError) {
        let definition = try TableDefinition(input["AttributeDefinitions"])
        let index = try definition.index(json, isLocal: false, of: table.schema.key)
        if table.schema.index(named: index.name) != nil {
            throw .validation("Attempting to create an index which already exists")
        }
        table.schema.indexes.append(index)
    }
}
