import JSON
import Queueing

/// A queue's access policy, as AddPermission writes it.
struct QueuePolicy {
    /// What one account may let another do; `*` is everything of these.
    static let actions: Set = [
        "*", "SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes",
        "GetQueueUrl", "ListDeadLetterSourceQueues", "PurgeQueue",
    ]

    private var members: [String: JSONValue]
    private var statements: [JSONValue]

    /// - Parameter text: A policy document; `nil` or one that cannot be read begins a new one.
    init(_ text: String?) {
        members = text.flatMap { try? JSONValue(parsing: $0).object } ?? [:]
        statements = members["Statement"]?.array ?? []
    }

    private static let mostStatements = 20

    /// Checks that a text is a policy document.
    ///
    /// - Throws: What SQS says of one that is not.
    static func check(_ text: String) throws(AWSError) {
        guard let document = try? JSONValue(parsing: text), document.object != nil,
            let version = document["Version"]?.string, ["2008-10-17", "2012-10-17"].contains(version),
            let statement = document["Statement"]
        else { throw .invalidAttributeValue("Policy") }
        let statements = statement.array ?? [statement]
        guard !statements.isEmpty, statements.allSatisfy({ $0["Effect"]?.string != nil }) else {
            throw .invalidAttributeValue("Policy")
        }
        guard statements.count <= mostStatements else {
            throw .overLimit(
                "\(statements.count) statements were found in the submitted policy, max allowed is \(mostStatements)")
        }
    }

    mutating func add(label: String, accounts: [String], actions: [String], arn: String) throws(AWSError) {
        guard !statements.contains(where: { $0["Sid"]?.string == label }) else {
            throw .invalidValue(label, of: "Label", "Already exists.")
        }
        func oneOrAll(_ values: [String]) -> JSONValue {
            values.count == 1 ? .string(values[0]) : .array(values.map(JSONValue.string))
        }
        members["Version"] = members["Version"] ?? "2008-10-17"
        members["Id"] = members["Id"] ?? .string(arn + "/SQSDefaultPolicy")
        statements.append([
            "Sid": .string(label), "Effect": "Allow",
            "Principal": ["AWS": oneOrAll(accounts.map { "arn:aws:iam::\($0):root" })],
            "Action": oneOrAll(actions.map { "SQS:\($0)" }), "Resource": .string(arn),
        ])
    }

    mutating func remove(label: String) throws(AWSError) {
        let rest = statements.filter { $0["Sid"]?.string != label }
        guard rest.count < statements.count else {
            throw .invalidValue(label, of: "Label", "can't find label.")
        }
        statements = rest
    }

    /// `nil` once there is no statement.
    var text: String? {
        statements.isEmpty ? nil : JSONValue.object(members.merging(["Statement": .array(statements)]) { $1 }).text
    }
}

extension Call {
    /// Replaces the policy of the queue that the request is about.
    func changePolicy(_ change: @escaping @Sendable (inout QueuePolicy, String) throws(AWSError) -> Void) async throws {
        let name = try queueName()
        let arn = arn(ofQueue: name)
        try await queues.configure(queueNamed: name) { configuration in
            var policy = QueuePolicy(configuration.otherAttributes["Policy"])
            try change(&policy, arn)
            configuration.otherAttributes["Policy"] = policy.text
        }
    }
}
