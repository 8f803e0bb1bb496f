import AWSBackend
import ArgumentParser
import JSON
import Objects
import Workers

struct Provision: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make the tables, queues and the bucket that jobs need, where they are not there yet.",
        discussion:
            "Shows first what is missing, then makes it. Repeating it changes nothing. What is there and cannot be changed is told and left alone."
    )

    enum Document: String, CaseIterable, ExpressibleByArgument {
        /// A template for AWS CloudFormation.
        case cloudformation
        /// A policy for IAM.
        case backendPolicy = "backend-policy"
        case workerPolicy = "worker-policy"
    }

    @Flag(help: "Only show what is missing.")
    var dryRun = false

    @Option(
        help: .init(
            "Print a template that makes the same, or the policy of who may do what, and change nothing: \(Document.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "what"))
    var print: Document?

    @OptionGroup var store: StoreOptions

    func run() async throws {
        if let print { return Swift.print(Self.json(print).prettyText) }
        let stores = try await store.openForProvisioning()
        let plan = try await ProvisioningPlan(
            documents: stores.documents, queues: stores.queues, objects: stores.objects)
        for remark in plan.remarks { StandardError.write(remark) }
        for step in plan.steps { Swift.print("+ \(step.sentence)") }
        if plan.steps.isEmpty { Swift.print("Nothing is missing.") }
        if !dryRun {
            for step in plan.steps { try await step.apply() }
            if !plan.steps.isEmpty { Swift.print("Done.") }
        }
        try await stores.close()
    }

    private static func json(_ document: Document) -> JSONValue {
        switch document {
        case .cloudformation:
            CloudFormationTemplate(
                tables: Provisioning.tables, queues: Provisioning.queues, bucket: Provisioning.bucket,
                expiry: Provisioning.speechExpiry, access: [.backend, .worker]
            ).json
        case .backendPolicy: AccessRole.backend.policy(arn)
        case .workerPolicy: AccessRole.worker.policy(arn)
        }
    }

    /// In any region of any account: whoever attaches the policy knows a narrower one.
    private static func arn(_ resource: AccessRole.Resource) -> JSONValue {
        switch resource {
        case .queue(let name): .string("arn:aws:sqs:*:*:\(name)")
        case .table(let name): .string("arn:aws:dynamodb:*:*:table/\(name)")
        case .indexes(let table): .string("arn:aws:dynamodb:*:*:table/\(table)/index/*")
        case .bucket: .string("arn:aws:s3:::\(Provisioning.bucket)")
        case .objects(let prefix): .string("arn:aws:s3:::\(Provisioning.bucket)/\(prefix)*")
        }
    }
}
