import JSON
import Queueing

extension Operation {
    /// Writes a statement into the queue's policy, which is kept and given back; there is one account, so it decides
    /// nothing here.
    static let addPermission = Operation(
        "AddPermission",
        input: [
            .init("QueueUrl", .string), .init("Label", .string),
            .init("AWSAccountIds", .list(.string, name: "AWSAccountId")),
            .init("Actions", .list(.string, name: "ActionName")),
        ]
    ) { call in
        let label = try call.string("Label")
        let accounts = call.strings("AWSAccountIds")
        let actions = call.strings("Actions")
        guard !accounts.isEmpty else { throw AWSError.missingParameter("PrincipalId") }
        guard !actions.isEmpty else { throw AWSError.missingParameter("ActionName") }
        guard actions.count <= 7 else {
            throw AWSError.overLimit("\(actions.count) Actions were found, maximum allowed is 7.")
        }
        if let unknown = actions.first(where: { !QueuePolicy.actions.contains($0) }) {
            throw AWSError.invalidValue(
                "SQS:\(unknown)", of: "ActionName", "Only the queue owner is allowed to invoke this action.")
        }
        if let bad = accounts.first(where: { $0.utf8.count != 12 || Int($0) == nil }) {
            throw AWSError.invalidValue("[\(bad)]", of: "PrincipalId", "Unable to verify.")
        }
        try await call.changePolicy { policy, arn throws(AWSError) in
            try policy.add(label: label, accounts: accounts, actions: actions, arn: arn)
        }
        return [:]
    }
}
