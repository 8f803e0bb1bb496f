import JSON

/// An error as AWS answers it.
struct AWSError: Error, Hashable {
    /// The JSON protocol's name, such as `QueueDoesNotExist`.
    var name: String
    /// The Query protocol's name, such as `AWS.SimpleQueueService.NonExistentQueue`, which SDKs go on showing.
    var code: String
    var message: String
    /// What the Query protocol says, where that differs.
    var queryMessage: String?
    var status = 400
    /// What the JSON protocol says beside, such as an item that was in the way.
    var details: [String: JSONValue] = [:]
    /// The namespace of the JSON protocol's name.
    var namespace = "com.amazonaws.sqs"

    init(_ name: String, code: String? = nil, _ message: String, status: Int = 400) {
        (self.name, self.code, self.message, self.status) = (name, code ?? name, message, status)
    }

    /// Whether it is the caller's to mend.
    var isSender: Bool { status < 500 }
}

extension AWSError {
    /// A request that no operation could be made of.
    static func serialization(_ message: String) -> AWSError {
        var error = AWSError("SerializationException", message)
        error.namespace = "com.amazon.coral.service"
        return error
    }

    static func unknownOperation(_ name: String) -> AWSError {
        var error = AWSError(
            "UnknownOperationException", code: "InvalidAction", "The action \(name) is not valid for this endpoint.")
        error.namespace = "com.amazon.coral.service"
        return error
    }

    static func missingParameter(_ name: String) -> AWSError {
        AWSError(
            "MissingRequiredParameterException", code: "MissingParameter",
            "The request must contain the parameter \(name).")
    }

    static func invalidParameter(_ message: String) -> AWSError {
        AWSError("InvalidParameterValueException", code: "InvalidParameterValue", message)
    }

    static func tooLarge(limit: Int) -> AWSError {
        AWSError("RequestEntityTooLarge", "The request is longer than \(limit) bytes.", status: 413)
    }

    static func unavailable(_ message: String) -> AWSError {
        AWSError("ServiceUnavailable", message, status: 503)
    }

    static let internalFailure = AWSError(
        "InternalFailure", "The request processing has failed because of an unknown error.", status: 500)
}
