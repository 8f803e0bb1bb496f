import Documents
import JSON
import SpeakModel

/// Whether a table could be restored to a moment: at AWS, that is. Here it is kept and given back.
extension Operation {
    static let describeContinuousBackups = Operation(
        "DescribeContinuousBackups", input: [.init("TableName", .string)]
    ) { call in
        ContinuousBackups.json(try await call.tableToBackUp())
    }

    static let updateContinuousBackups = Operation(
        "UpdateContinuousBackups",
        input: [.init("TableName", .string), .init("PointInTimeRecoverySpecification", .any)]
    ) { call in
        let specification = call.input["PointInTimeRecoverySpecification"]
        guard let isEnabled = specification?["PointInTimeRecoveryEnabled"]?.bool else {
            throw AWSError.missing("PointInTimeRecoverySpecification")
        }
        let days = specification?["RecoveryPeriodInDays"]?.int ?? 35
        guard (1...35).contains(days) else {
            throw AWSError.constraint(
                "\(days)", at: "pointInTimeRecoverySpecification.recoveryPeriodInDays",
                "have value \(days < 1 ? "greater than or equal to 1" : "less than or equal to 35")")
        }
        let name = try await call.tableToBackUp().schema.name
        let table = try await call.documents.updateTable(name) { table in
            var settings = TableSettings(table)
            settings.members["RecoveryPeriodInDays"] = isEnabled ? .number(days) : nil
            table.settings = settings.json
        }
        return ContinuousBackups.json(table)
    }
}

private enum ContinuousBackups {
    static func json(_ table: TableDescription) -> JSONValue {
        var recovery: [String: JSONValue] = ["PointInTimeRecoveryStatus": "DISABLED"]
        if let days = TableSettings(table).members["RecoveryPeriodInDays"] {
            recovery = ["PointInTimeRecoveryStatus": "ENABLED", "RecoveryPeriodInDays": days]
        }
        return [
            "ContinuousBackupsDescription": [
                "ContinuousBackupsStatus": "ENABLED", "PointInTimeRecoveryDescription": .object(recovery),
            ]
        ]
    }
}

extension Call {
    fileprivate func tableToBackUp() async throws -> TableDescription {
        let name = try tableName()
        do { return try await documents.description(ofTable: name) } catch DocumentError.noSuchTable {
            throw AWSError.noTableToBackUp(name)
        }
    }
}
