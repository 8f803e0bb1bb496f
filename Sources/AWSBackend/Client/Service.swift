/// The services that are called.
enum Service: String, CaseIterable, Sendable {
    case sqs
    case dynamodb
    case s3
    case sts

    /// For messages.
    var name: String {
        switch self {
        case .sqs: "SQS"
        case .dynamodb: "DynamoDB"
        case .s3: "S3"
        case .sts: "STS"
        }
    }
}
