import Documents
import JSON
import SpeakModel

extension Operation {
    static let createTable = Operation(
        "CreateTable",
        input: [
            .init("TableName", .string), .init("AttributeDefinitions", .any), .init("KeySchema", .any),
            .init("LocalSecondaryIndexes", .any), .init("GlobalSecondaryIndexes", .any),
            .init("BillingMode", .string), .init("ProvisionedThroughput", .any), .init("StreamSpecification", .any),
            .init("OnDemandThroughput", .any), .init("SSESpecification", .any), .init("Tags", .any),
            .init("TableClass", .string), .init("DeletionProtectionEnabled", .boolean),
        ]
    ) { call in
        let schema = try TableDefinition.schema(call)
        var settings = TableSettings()
        try settings.apply(call.input, isNew: true, now: .now())
        for (position, index) in (call.input["GlobalSecondaryIndexes"]?.array ?? []).enumerated() {
            try settings.addIndex(index, at: "globalSecondaryIndexes.\(position + 1).member")
        }
        let tags = try TableTags.read(call.input["Tags"])
        if !tags.isEmpty { settings.members["Tags"] = .object(tags) }
        let table = try await call.documents.createNewTable(schema, settings: settings.json)
        return [
            "TableDescription": TableAnswer.json(
                table, TableSize(itemCount: 0, bytes: 0), status: "CREATING", call: call)
        ]
    }

    static let describeTable = Operation("DescribeTable", input: [.init("TableName", .string)]) { call in
        let table = try await call.existingTable()
        let size = try await call.documents.size(ofTable: table.schema.name)
        return ["Table": TableAnswer.json(table, size, call: call)]
    }

    static let deleteTable = Operation("DeleteTable", input: [.init("TableName", .string)]) { call in
        let table = try await call.existingTable()
        if TableSettings(table).members["DeletionProtectionEnabled"]?.bool == true {
            throw AWSError.validation(
                "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first."
            )
        }
        try await call.documents.deleteTable(table.schema.name)
        return [
            "TableDescription": TableAnswer.json(
                table, TableSize(itemCount: 0, bytes: 0), status: "DELETING", call: call)
        ]
    }

    /// All tables by name, in pages.
    static let listTables = Operation(
        "ListTables", input: [.init("ExclusiveStartTableName", .string), .init("Limit", .integer)]
    ) { call in
        let limit = call.input["Limit"]?.int ?? 100
        guard (1...100).contains(limit) else {
            throw AWSError.constraint(
                "\(limit)", at: "limit",
                "have value \(limit < 1 ? "greater than or equal to 1" : "less than or equal to 100")")
        }
        let start = call.input["ExclusiveStartTableName"]?.string ?? ""
        let names = try await call.documents.tableNames().filter { $0 > start }
        let page = names.prefix(limit)
        var answer: [String: JSONValue] = ["TableNames": .array(page.map(JSONValue.string))]
        if page.count < names.count, let last = page.last { answer["LastEvaluatedTableName"] = .string(last) }
        return .object(answer)
    }
}
