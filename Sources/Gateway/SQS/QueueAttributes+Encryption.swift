import Queueing

/// Which keys AWS would encrypt a queue with: kept and given back, since the disk's encryption is its owner's.
extension QueueAttributes {
    static let encryption = ["KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled"]

    /// A key of KMS and SQS's own encryption exclude each other: the one told last stays.
    static func applyEncryption(
        _ name: String, _ value: String, to configuration: inout QueueConfiguration
    ) throws(AWSError) {
        switch name {
        case "KmsDataKeyReusePeriodSeconds": _ = try number(value, name, 60...86_400)
        case "SqsManagedSseEnabled":
            guard ["true", "false"].contains(value) else { throw .invalidAttributeValue(name) }
            if value == "true" {
                configuration.otherAttributes["KmsMasterKeyId"] = nil
                configuration.otherAttributes["KmsDataKeyReusePeriodSeconds"] = nil
            }
        default: configuration.otherAttributes["SqsManagedSseEnabled"] = "false"
        }
        configuration.otherAttributes[name] = value
    }

    static func defaultEncryption(_ configuration: QueueConfiguration) -> [String: String] {
        configuration.otherAttributes["KmsMasterKeyId"] == nil
            ? ["SqsManagedSseEnabled": "true"]
            : ["SqsManagedSseEnabled": "false", "KmsDataKeyReusePeriodSeconds": "300"]
    }
}
