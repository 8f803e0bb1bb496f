import JSON
package import Queueing
import SpeakModel
import Synchronization

/// The queues of one account in one region.
package final class AWSQueueService: QueueService {
    let sqs: SQSClient
    /// Queues that were found: their URLs do not change while they live.
    private let found = Mutex<[String: AWSQueue]>([:])

    init(_ client: ServiceClient) { sqs = SQSClient(client: client) }

    @discardableResult
    package func createQueue(named name: String, _ configuration: QueueConfiguration) async throws -> any MessageQueue {
        try QueueConfiguration.check(name: name)
        try configuration.check(forQueueNamed: name)
        let attributes = QueueAttributes(configuration, deadLetterARN: try await deadLetterARN(of: configuration))
        let answer = try await sqs.call(
            "CreateQueue", ["QueueName": .string(name), "Attributes": attributes.json], queue: name)
        let queue = AWSQueue(name: name, url: try url(in: answer), service: self)
        found.withLock { $0[name] = queue }
        return queue
    }

    package func queue(named name: String) async throws -> any MessageQueue { try await lookedUp(name) }

    /// A queue that was found before need not be looked for again.
    func awsQueue(named name: String) async throws -> AWSQueue {
        if let queue = found.withLock({ $0[name] }) { return queue }
        return try await lookedUp(name)
    }

    private func lookedUp(_ name: String) async throws -> AWSQueue {
        let answer = try await sqs.call("GetQueueUrl", ["QueueName": .string(name)], queue: name)
        let queue = AWSQueue(name: name, url: try url(in: answer), service: self)
        return found.withLock { found in
            // Callers who have the same queue fill its batches together.
            if let known = found[name], known.url == queue.url { return known }
            found[name] = queue
            return queue
        }
    }

    private func url(in answer: JSONValue) throws -> String {
        guard let url = answer["QueueUrl"]?.string else {
            throw ServiceError.unreadable(service: Service.sqs.name, reason: "it has no queue's URL.")
        }
        return url
    }

    private func deadLetterARN(of configuration: QueueConfiguration) async throws -> String? {
        guard let policy = configuration.redrivePolicy else { return nil }
        return try await arn(ofQueueNamed: policy.deadLetterQueueName)
    }

    func arn(ofQueueNamed name: String) async throws -> String {
        guard let arn = try await awsQueue(named: name).attributes().arn else {
            throw ServiceError.unreadable(service: Service.sqs.name, reason: "a queue has no ARN.")
        }
        return arn
    }

    package func description(ofQueueNamed name: String) async throws -> QueueDescription {
        let queue = try await awsQueue(named: name)
        let attributes = try await queue.attributes()
        return QueueDescription(
            name: name, configuration: attributes.configuration, createdAt: attributes.moment("CreatedTimestamp"),
            modifiedAt: attributes.moment("LastModifiedTimestamp"), tags: try await tags(ofQueueNamed: name))
    }

    package func tags(ofQueueNamed name: String) async throws -> [String: String] {
        let answer = try await awsQueue(named: name).call("ListQueueTags", [:])
        return answer["Tags"]?.object?.compactMapValues(\.string) ?? [:]
    }

    package func tag(queueNamed name: String, _ changes: [String: String?]) async throws {
        let queue = try await awsQueue(named: name)
        let set = changes.compactMapValues { $0 }
        let removed = changes.filter { $0.value == nil }.keys.sorted()
        if !set.isEmpty { _ = try await queue.call("TagQueue", ["Tags": .object(set.mapValues { .string($0) })]) }
        if !removed.isEmpty {
            _ = try await queue.call("UntagQueue", ["TagKeys": .array(removed.map { .string($0) })])
        }
    }

    /// Reads, changes, writes: of two callers who change one attribute at the same time, the later one stays.
    package func configure(
        queueNamed name: String, _ change: @escaping @Sendable (inout QueueConfiguration) throws -> Void
    ) async throws {
        let queue = try await awsQueue(named: name)
        let old = try await queue.attributes().configuration
        var new = old
        try change(&new)
        try new.check(forQueueNamed: name)
        let before = QueueAttributes(old, deadLetterARN: try await deadLetterARN(of: old)).values
        let after = QueueAttributes(new, deadLetterARN: try await deadLetterARN(of: new)).values
        var changes = after.filter { before[$0.key] != $0.value }
        // An empty value takes an attribute away.
        for name in before.keys where after[name] == nil { changes[name] = "" }
        if changes.isEmpty { return }
        _ = try await queue.call(
            "SetQueueAttributes", ["Attributes": .object(changes.mapValues { .string($0) })])
    }

    package func queueNames(prefix: String) async throws -> [String] {
        var names: [String] = []
        var token: JSONValue?
        repeat {
            var input: [String: JSONValue] = ["MaxResults": 1000]
            if !prefix.isEmpty { input["QueueNamePrefix"] = .string(prefix) }
            input["NextToken"] = token
            let answer = try await sqs.call("ListQueues", input, queue: prefix)
            names += (answer["QueueUrls"]?.array ?? []).compactMap { $0.string.flatMap(QueueName.inURL) }
            token = answer["NextToken"]
        } while token?.string != nil
        return names.sorted()
    }

    package func deleteQueue(named name: String) async throws {
        _ = try await awsQueue(named: name).call("DeleteQueue", [:])
        found.withLock { $0[name] = nil }
    }

    package func redrive(deadLetterQueueNamed name: String, _ request: RedriveRequest) async throws -> Int {
        try await awsQueue(named: name).redrive(request)
    }
}
