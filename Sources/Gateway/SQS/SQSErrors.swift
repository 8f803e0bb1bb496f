import Queueing

/// Errors as the Amazon SQS API reference words them.
extension AWSError {
    static let queueDoesNotExist: AWSError = {
        var error = AWSError(
            "QueueDoesNotExist", code: "AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.")
        error.queryMessage = "The specified queue does not exist for this wsdl version."
        return error
    }()

    static func invalidAddress(_ url: String) -> AWSError {
        AWSError("InvalidAddress", "The address \(url) is not valid for this endpoint.", status: 404)
    }

    static func noSuchResource(_ parameter: String) -> AWSError {
        AWSError(
            "ResourceNotFoundException",
            "The resource that you specified for the \(parameter) parameter doesn't exist.",
            status: 404)
    }

    static func overLimit(_ message: String) -> AWSError { AWSError("OverLimit", message, status: 403) }

    static func unsupported(_ message: String) -> AWSError {
        AWSError("UnsupportedOperation", code: "AWS.SimpleQueueService.UnsupportedOperation", message)
    }

    static func queueExists(differingIn attribute: String) -> AWSError {
        AWSError(
            "QueueNameExists", code: "QueueAlreadyExists",
            "A queue already exists with the same name and a different value for attribute \(attribute)")
    }

    static func invalidReceipt(_ handle: String) -> AWSError {
        AWSError("ReceiptHandleIsInvalid", "The input receipt handle \"\(handle)\" is not a valid receipt handle.")
    }

    static func expiredReceipt(_ handle: String) -> AWSError {
        .invalidValue(handle, of: "ReceiptHandle", "The receipt handle has expired.")
    }

    static func unavailableForChange(_ handle: String) -> AWSError {
        .invalidParameter(
            "Value \(handle) for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change."
        )
    }

    static func unknownAttribute(_ name: String) -> AWSError {
        AWSError("InvalidAttributeName", "Unknown Attribute \(name).")
    }

    static func invalidAttributeValue(_ name: String) -> AWSError {
        AWSError("InvalidAttributeValue", "Invalid value for the parameter \(name).")
    }

    static func invalidValue(_ value: String, of name: String, _ reason: String) -> AWSError {
        .invalidParameter("Value \(value) for parameter \(name) is invalid. Reason: \(reason)")
    }

    static func invalidID(_ id: String, _ parameter: String) -> AWSError {
        .invalidValue(
            id, of: parameter,
            "\(parameter) can only include alphanumeric and punctuation characters. 1 to 128 in length.")
    }

    static func tooLong(limit: Int) -> AWSError {
        .invalidParameter("One or more parameters are invalid. Reason: Message must be shorter than \(limit) bytes.")
    }

    static let emptyQueueName = AWSError.invalidParameter("Queue name cannot be empty")
    static let invalidQueueName = AWSError.invalidParameter(
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length")

    static let invalidFIFOQueueName = AWSError.invalidParameter(
        "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length."
    )

    /// What went wrong in the store.
    init(_ error: QueueError) {
        switch error {
        case .noSuchQueue: self = .queueDoesNotExist
        case .queueExists: self = .queueExists(differingIn: "VisibilityTimeout")
        case .leaseLost(let id): self = .unavailableForChange(id?.description ?? "")
        case .noDeadLetterQueue: self = .invalidParameter(error.description)
        case .messageTooLong(_, let limit): self = .tooLong(limit: limit)
        case .tooManyInFlight(let limit):
            self = .overLimit("The maximum number of in flight messages is reached: \(limit).")
        case .moveIsRunning:
            self = .unsupported(
                "There is already a task running. Only one active task is allowed for a source queue arn at a given time."
            )
        case .noSuchMove:
            self = AWSError("ResourceNotFoundException", "Task does not exist.", status: 404)
        case .moveIsOver: self = .unsupported("Only active tasks can be cancelled.")
        case .outOfRange(let parameter, let value, let allowed):
            self = .invalidValue(value, of: parameter, "Allowed is \(allowed).")
        case .unsupported(let sentence): self = .unsupported(sentence)
        case .unavailable(let reason): self = .unavailable(reason)
        }
    }
}
