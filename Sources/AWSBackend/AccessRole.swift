package import JSON

/// What one kind of caller may do, and no more.
package struct AccessRole: Sendable {
    package enum Resource: Hashable, Sendable {
        case queue(String)
        case table(String)
        /// All indexes of a table.
        case indexes(table: String)
        case bucket
        /// The objects whose keys start so.
        case objects(prefix: String)
    }

    package struct Grant: Sendable {
        let name: String
        let actions: [String]
        let resources: [Resource]

        /// - Parameters:
        ///   - name: Letters and digits.
        ///   - actions: With their service: `sqs:SendMessage`.
        package init(_ name: String, _ actions: [String], on resources: [Resource]) {
            self.name = name
            self.actions = actions
            self.resources = resources
        }
    }

    package let name: String
    package let description: String
    private let grants: [Grant]

    package init(name: String, description: String, grants: [Grant]) {
        self.name = name
        self.description = description
        self.grants = grants
    }

    /// A policy document of IAM.
    ///
    /// - Parameter arn: How the document names a resource.
    package func policy(_ arn: (Resource) -> JSONValue) -> JSONValue {
        [
            "Version": "2012-10-17",
            "Statement": .array(
                grants.map { grant in
                    [
                        "Sid": .string(grant.name), "Effect": "Allow",
                        "Action": .array(grant.actions.map { .string($0) }),
                        "Resource": .array(grant.resources.map(arn)),
                    ]
                }),
        ]
    }
}
