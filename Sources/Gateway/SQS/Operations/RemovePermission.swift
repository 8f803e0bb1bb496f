import JSON
import Queueing

extension Operation {
    static let removePermission = Operation(
        "RemovePermission", input: [.init("QueueUrl", .string), .init("Label", .string)]
    ) { call in
        let label = try call.string("Label")
        try await call.changePolicy { policy, _ throws(AWSError) in try policy.remove(label: label) }
        return [:]
    }
}
