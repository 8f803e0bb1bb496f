import Queueing

/// What only FIFO queues are told.
extension QueueAttributes {
    static let fifo = ["FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"]

    static func applyFIFO(
        _ name: String, _ value: String, to configuration: inout QueueConfiguration
    ) throws(AWSError) {
        // A queue is made as what it is: it can be told again, not changed.
        guard var settings = configuration.fifo else { throw unknown(name) }
        switch name {
        case "FifoQueue":
            guard value == "true" else { throw .invalidAttributeValue(name) }
        case "ContentBasedDeduplication":
            guard ["true", "false"].contains(value) else { throw .invalidAttributeValue(name) }
            settings.deduplicatesByContent = value == "true"
        case "DeduplicationScope":
            guard let scope = FIFOSettings.Scope(rawValue: value) else { throw .invalidAttributeValue(name) }
            settings.deduplicationScope = scope
        default:
            guard let limit = FIFOSettings.ThroughputLimit(rawValue: value) else { throw .invalidAttributeValue(name) }
            settings.throughputLimit = limit
        }
        configuration.fifo = settings
    }

    private static func unknown(_ name: String) -> AWSError {
        switch name {
        case "DeduplicationScope", "FifoThroughputLimit":
            AWSError("InvalidAttributeName", "You can specify the \(name) only when FifoQueue is set to true.")
        default: .unknownAttribute(name)
        }
    }
}
