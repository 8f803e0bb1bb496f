import JSON
import Queueing

/// Where dead letters go.
extension QueueAttributes {
    static func redrivePolicy(_ text: String) throws(AWSError) -> RedrivePolicy {
        func invalid(_ reason: String) -> AWSError { .invalidValue(text, of: "RedrivePolicy", reason) }
        // SQS does not say where the JSON is wrong.
        guard let policy = try? JSONValue(parsing: text), let members = policy.object else {
            throw invalid("Redrive policy is not a valid JSON map.")
        }
        guard let arn = policy["deadLetterTargetArn"]?.string else {
            throw invalid("Redrive policy does not contain mandatory attribute: deadLetterTargetArn.")
        }
        guard let count = policy["maxReceiveCount"] else {
            throw invalid("Redrive policy does not contain mandatory attribute: maxReceiveCount.")
        }
        let countText = count.string ?? count.numberText ?? count.text
        guard let most = Int(countText), QueueLimits.maximumReceiveCount.contains(most) else {
            throw invalid(
                "Invalid value for maxReceiveCount: \(countText), valid values are from 1 to 1000 both inclusive.")
        }
        guard members.count == 2 else {
            throw invalid("Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn].")
        }
        guard let name = Call.queueName(inARN: arn) else { throw invalid("Invalid value for deadLetterTargetArn.") }
        return RedrivePolicy(deadLetterQueueName: name, maximumReceiveCount: most)
    }

    static func text(_ policy: RedrivePolicy, call: Call) -> String {
        JSONValue.object([
            "deadLetterTargetArn": .string(call.arn(ofQueue: policy.deadLetterQueueName)),
            "maxReceiveCount": .number(policy.maximumReceiveCount),
        ]).text
    }
}

/// Which queues may name this one as their dead-letter queue.
struct RedriveAllowPolicy {
    /// As it was given.
    let text: String
    /// `nil` for all.
    private let sources: Set<String>?

    /// - Throws: What SQS says of a policy that is none.
    init(_ text: String) throws(AWSError) {
        func invalid(_ reason: String) -> AWSError {
            .invalidValue(
                text, of: "RedriveAllowPolicy", "Amazon SQS can't create the redrive allow policy. " + reason)
        }
        let malformed = AWSError.invalidParameter("Invalid value for the parameter RedriveAllowPolicy.")
        // SQS does not say where the JSON is wrong.
        guard let policy = try? JSONValue(parsing: text), let members = policy.object,
            members.keys.allSatisfy({ ["redrivePermission", "sourceQueueArns"].contains($0) }),
            let permission = policy["redrivePermission"]?.string,
            ["allowAll", "denyAll", "byQueue"].contains(permission)
        else { throw malformed }
        var arns: [String] = []
        if let given = policy["sourceQueueArns"] {
            guard let values = given.array, values.allSatisfy({ $0.string != nil }) else { throw malformed }
            arns = values.compactMap(\.string)
        }
        if permission == "byQueue" {
            guard !arns.isEmpty else {
                throw invalid(
                    "When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values."
                )
            }
            guard arns.count <= 10 else {
                throw invalid("The maximum number of source queue ARNs you can specify is 10.")
            }
        } else if !arns.isEmpty {
            throw invalid("To specify one or more source queue ARNs, you must set redrivePermission to byQueue.")
        }
        self.text = text
        sources = permission == "allowAll" ? nil : Set(arns.compactMap(Call.queueName(inARN:)))
    }

    func allows(_ queueName: String) -> Bool { sources?.contains(queueName) ?? true }
}

extension Call {
    /// Checks that a queue may have this configuration's dead-letter queue.
    ///
    /// - Parameter text: The redrive policy as it was given, for the error.
    func checkDeadLetterQueue(of configuration: QueueConfiguration, queueName: String, text: String) async throws {
        func invalid(_ reason: String) -> AWSError { .invalidValue(text, of: "RedrivePolicy", reason) }
        guard let target = configuration.redrivePolicy?.deadLetterQueueName else { return }
        guard target.hasSuffix(QueueConfiguration.fifoSuffix) == (configuration.fifo != nil) else {
            throw invalid("Dead-letter queue must be same type of queue as the source.")
        }
        guard target != queueName else { throw invalid("Dead-letter queue cannot be the source queue itself.") }
        let deadLetters: QueueDescription
        do { deadLetters = try await queues.description(ofQueueNamed: target) } catch QueueError.noSuchQueue {
            throw invalid("Dead letter target does not exist.")
        }
        let allowed = try deadLetters.configuration.otherAttributes["RedriveAllowPolicy"].map(RedriveAllowPolicy.init)
        guard allowed?.allows(queueName) ?? true else {
            throw invalid("The dead-letter queue's RedriveAllowPolicy does not allow this source queue.")
        }
    }
}
