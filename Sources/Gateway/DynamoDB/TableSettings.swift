import Documents
import JSON
import SpeakModel

/// How a table is paid for at AWS and what else it was told: kept and given back.
struct TableSettings {
    var members: [String: JSONValue]

    /// A new table's.
    init() { members = [:] }

    init(_ table: TableDescription) {
        members = table.settings.object ?? [:]
        if mode == "PAY_PER_REQUEST", members["PayPerRequestSince"] == nil { payPerRequest(since: table.createdAt) }
    }

    private mutating func payPerRequest(since moment: Timestamp) {
        members["PayPerRequestSince"] = .number(Double(moment.milliseconds) / 1000)
    }

    /// What requests say, by the names that they have there.
    static let kept = [
        "BillingMode", "ProvisionedThroughput", "OnDemandThroughput", "StreamSpecification", "SSESpecification",
        "TableClass", "DeletionProtectionEnabled",
    ]

    /// Takes over what a request says.
    mutating func apply(_ input: JSONValue, isNew: Bool, now: Timestamp) throws(AWSError) {
        _ = try input.choice("BillingMode", "", of: ["PROVISIONED", "PAY_PER_REQUEST"])
        _ = try input.choice("TableClass", "", of: ["STANDARD", "STANDARD_INFREQUENT_ACCESS"])
        try Self.checkUnits(input["ProvisionedThroughput"], at: "provisionedThroughput")
        let asked = input["BillingMode"]?.string ?? (isNew ? "PROVISIONED" : nil)
        let isOnDemand = (asked ?? mode) == "PAY_PER_REQUEST"
        let given = input["ProvisionedThroughput"]?.object
        if isOnDemand, given != nil {
            throw .invalidParameters(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")
        }
        if asked == "PROVISIONED", given == nil {
            throw .invalidParameters(
                "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED")
        }
        if let throughput = input["ProvisionedThroughput"], given != nil, !isNew { try checkChange(to: throughput) }
        if isOnDemand, isNew || mode != "PAY_PER_REQUEST" { payPerRequest(since: now) }
        for name in Self.kept { if let value = input[name], value != .null { members[name] = value } }
        if isOnDemand {
            members["ProvisionedThroughput"] = nil
            members["IndexThroughput"] = nil
        }
    }

    private static func checkUnits(_ throughput: JSONValue?, at place: String) throws(AWSError) {
        let faults = ["ReadCapacityUnits", "WriteCapacityUnits"].compactMap { unit in
            throughput?[unit]?.int.flatMap { value in
                value >= 1
                    ? nil
                    : AWSError.fault(
                        "\(value)", at: "\(place).\(unit.prefix(1).lowercased())\(unit.dropFirst())",
                        "have value greater than or equal to 1")
            }
        }
        if !faults.isEmpty { throw .constraints(faults) }
    }

    /// Refuses the throughput that the table has.
    private func checkChange(to asked: JSONValue) throws(AWSError) {
        guard mode == "PROVISIONED", let current = members["ProvisionedThroughput"] else { return }
        let units = ["ReadCapacityUnits", "WriteCapacityUnits"].map { unit in
            (unit, current[unit]?.int ?? 0, asked[unit]?.int ?? 0)
        }
        guard units.allSatisfy({ $0.1 == $0.2 }) else { return }
        throw .validation(
            "The provisioned throughput for the table will not change. The requested value equals the current value. "
                + units.map { unit, current, asked in
                    "Current \(unit) provisioned for the table: \(current). Requested \(unit): \(asked). "
                }.joined()
                + "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.")
    }

    var mode: String {
        members["BillingMode"]?.string ?? (members["ProvisionedThroughput"] == nil ? "PAY_PER_REQUEST" : "PROVISIONED")
    }

    var throughput: JSONValue { Self.shown(members["ProvisionedThroughput"]) }

    private static func shown(_ throughput: JSONValue?) -> JSONValue {
        [
            "ReadCapacityUnits": throughput?["ReadCapacityUnits"] ?? 0,
            "WriteCapacityUnits": throughput?["WriteCapacityUnits"] ?? 0,
            "NumberOfDecreasesToday": 0,
        ]
    }

    var json: JSONValue { .object(members) }
}

/// The throughput of global indexes, each by its name.
extension TableSettings {
    /// That of an index of its own; the table's, for one that was never told.
    func throughput(ofIndex name: String) -> JSONValue {
        members["IndexThroughput"]?[name].map(Self.shown) ?? throughput
    }

    /// Takes over what a request says of a new index, once it is known how the table is paid for.
    mutating func addIndex(_ json: JSONValue, at place: String) throws(AWSError) {
        guard let name = json["IndexName"]?.string else { throw .missing("IndexName") }
        let isGiven = json["ProvisionedThroughput"]?.object != nil
        if mode == "PAY_PER_REQUEST", isGiven {
            throw .invalidParameters(
                "ProvisionedThroughput should not be specified for index: \(name) when BillingMode is PAY_PER_REQUEST")
        }
        if mode == "PROVISIONED", !isGiven {
            throw .invalidParameters("ProvisionedThroughput is not specified for index: \(name)")
        }
        if isGiven { try changeIndex(name, json, at: place) }
    }

    mutating func changeIndex(_ name: String, _ json: JSONValue, at place: String) throws(AWSError) {
        guard let throughput = json["ProvisionedThroughput"], throughput.object != nil else { return }
        try Self.checkUnits(throughput, at: "\(place).provisionedThroughput")
        var indexes = members["IndexThroughput"]?.object ?? [:]
        indexes[name] = throughput
        members["IndexThroughput"] = .object(indexes)
    }

    mutating func removeIndex(_ name: String) {
        guard var indexes = members["IndexThroughput"]?.object else { return }
        indexes[name] = nil
        members["IndexThroughput"] = .object(indexes)
    }
}
