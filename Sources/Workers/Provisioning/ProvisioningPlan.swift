package import Documents
package import Objects
package import Queueing
import SpeakModel

/// What is missing of what jobs need, and how it is made: first shown, then done.
package struct ProvisioningPlan: Sendable {
    package struct Step: Sendable {
        /// What it does, to be shown before: `create queue speaktracker-scoring`.
        package let sentence: String
        package let apply: @Sendable () async throws -> Void
    }

    package private(set) var steps: [Step] = []
    /// What this place has no way to do.
    package private(set) var remarks: [String] = []

    /// Looks, and changes nothing.
    ///
    /// - Throws: ``ProvisioningError`` for what is there and cannot be changed into what it should be.
    package init(documents: any DocumentStore, queues: any QueueService, objects: any ObjectStore) async throws {
        for table in Provisioning.tables { try await add(table, documents) }
        for queue in Provisioning.queues { try await add(queue.name, queue.configuration, queues) }
        try await addBucket(objects)
    }

    private mutating func step(_ sentence: String, _ apply: @escaping @Sendable () async throws -> Void) {
        steps.append(Step(sentence: sentence, apply: apply))
    }
}

package enum ProvisioningError: Error, Hashable, CustomStringConvertible {
    /// A table's key cannot be changed.
    case tableDiffers(String, found: String, wanted: String)
    case indexDiffers(String, table: String)

    package var description: String {
        switch self {
        case .tableDiffers(let name, let found, let wanted):
            "The table \(name) has the key \(found) where this version needs \(wanted): keep its items elsewhere, delete it, and provision again."
        case .indexDiffers(let name, let table):
            "The index \(name) of the table \(table) has another key or projection than this version needs: delete it, and provision again."
        }
    }
}

// MARK: Tables

extension ProvisioningPlan {
    private mutating func add(_ wanted: TableSchema, _ documents: any DocumentStore) async throws {
        let found: TableSchema
        do { found = try await documents.schema(ofTable: wanted.name) } catch DocumentError.noSuchTable {
            let indexes = wanted.indexes.map { ", index \($0.name)" }.joined()
            return step("create table \(wanted.name) \(wanted.key.shown)\(indexes)\(wanted.shownLifetime)") {
                try await documents.createTable(wanted)
            }
        }
        guard found.key == wanted.key else {
            throw ProvisioningError.tableDiffers(wanted.name, found: found.key.shown, wanted: wanted.key.shown)
        }
        for index in wanted.indexes where !found.indexes.contains(index) {
            guard found.index(named: index.name) == nil else {
                throw ProvisioningError.indexDiffers(index.name, table: wanted.name)
            }
            step("add index \(index.name) \(index.key.shown) to table \(wanted.name)") {
                _ = try await documents.updateTable(wanted.name) { $0.schema.indexes.append(index) }
            }
        }
        if let attribute = wanted.lifetimeAttribute, found.lifetimeAttribute != attribute {
            step("let items of table \(wanted.name) expire by \(attribute)") {
                _ = try await documents.updateTable(wanted.name) { $0.schema.lifetimeAttribute = attribute }
            }
        }
    }
}

extension KeySchema {
    fileprivate var shown: String { "(\(attributes.map { "\($0.name) \($0.type.rawValue)" }.joined(separator: ", ")))" }
}

extension TableSchema {
    fileprivate var shownLifetime: String { lifetimeAttribute.map { ", items expire by \($0)" } ?? "" }
}

// MARK: Queues

extension ProvisioningPlan {
    private mutating func add(
        _ name: String, _ wanted: QueueConfiguration, _ queues: any QueueService
    ) async throws {
        let found: QueueConfiguration
        do { found = try await queues.description(ofQueueNamed: name).configuration } catch QueueError.noSuchQueue {
            let policy = wanted.redrivePolicy.map(\.shown) ?? ""
            return step("create queue \(name)\(policy)") { try await queues.createQueue(named: name, wanted) }
        }
        if let policy = wanted.redrivePolicy, found.redrivePolicy != policy {
            step("set queue \(name)\(policy.shown)") {
                try await queues.configure(queueNamed: name) { $0.redrivePolicy = policy }
            }
        }
        if found.retentionPeriod < wanted.retentionPeriod {
            let days = wanted.retentionPeriod.components.seconds / 86_400
            step("let queue \(name) keep messages for \(days) days") {
                try await queues.configure(queueNamed: name) { $0.retentionPeriod = wanted.retentionPeriod }
            }
        }
    }
}

extension RedrivePolicy {
    fileprivate var shown: String { ", after \(maximumReceiveCount) deliveries to \(deadLetterQueueName)" }
}

// MARK: The bucket

extension ProvisioningPlan {
    private mutating func addBucket(_ objects: any ObjectStore) async throws {
        let bucket = Provisioning.bucket
        var isThere = true
        do {
            _ = try await objects.list(prefix: "", after: nil, limit: 1, in: bucket)
        } catch ObjectError.noSuchBucket {
            isThere = false
            step("create bucket \(bucket)") { try await objects.createBucket(bucket) }
        }
        guard let objects = objects as? any ExpiringObjectStore else { return }
        let expiry = Provisioning.speechExpiry
        if isThere {
            guard let found = try await objects.expiries(in: bucket) else {
                remarks.append("Bucket \(bucket): this endpoint keeps no lifecycle rules, so spoken sentences stay.")
                return
            }
            if found.contains(expiry) { return }
        }
        step("delete objects under \(expiry.prefix) of bucket \(bucket) after \(expiry.days) days") {
            try await objects.setExpiry(expiry, in: bucket)
        }
    }
}
