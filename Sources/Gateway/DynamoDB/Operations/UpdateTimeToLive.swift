import Documents
import JSON
import SpeakModel

extension Operation {
    static let updateTimeToLive = Operation(
        "UpdateTimeToLive", input: [.init("TableName", .string), .init("TimeToLiveSpecification", .any)]
    ) { call in
        let name = try call.tableName()
        let specification = call.input["TimeToLiveSpecification"]
        guard let isEnabled = specification?["Enabled"]?.bool, let attribute = specification?["AttributeName"]?.string
        else { throw AWSError.missing("TimeToLiveSpecification") }
        guard (1...255).contains(attribute.utf8.count) else {
            throw AWSError.length(
                attribute, at: "timeToLiveSpecification.attributeName", attribute.utf8.count, in: 1...255)
        }
        do {
            _ = try await call.documents.updateTable(name) { table in
                switch (isEnabled, table.schema.lifetimeAttribute) {
                case (true, .some(attribute)): throw AWSError.validation("TimeToLive is already enabled")
                case (true, .some):
                    throw AWSError.validation(
                        "TimeToLive is active on a different AttributeName: current AttributeName is \(table.schema.lifetimeAttribute ?? "")"
                    )
                case (false, nil): throw AWSError.validation("TimeToLive is already disabled")
                case (false, .some(let other)) where other != attribute:
                    throw AWSError.validation(
                        "TimeToLive is active on a different AttributeName: current AttributeName is \(other)")
                default: table.schema.lifetimeAttribute = isEnabled ? attribute : nil
                }
            }
        } catch DocumentError.noSuchTable(let name) {
            throw AWSError.tableNotFound(name)
        }
        return ["TimeToLiveSpecification": ["Enabled": .bool(isEnabled), "AttributeName": .string(attribute)]]
    }

    static let describeTimeToLive = Operation("DescribeTimeToLive", input: [.init("TableName", .string)]) { call in
        let table = try await call.existingTable()
        var members: [String: JSONValue] = [
            "TimeToLiveStatus": table.schema.lifetimeAttribute == nil ? "DISABLED" : "ENABLED"
        ]
        members["AttributeName"] = table.schema.lifetimeAttribute.map(JSONValue.string)
        return ["TimeToLiveDescription": .object(members)]
    }
}
