import JSON

/// Answers in the Query protocol: in XML, or in JSON for whoever accepts that.
struct QueryAnswer {
    let isJSON: Bool
    var namespace: String
    let requestID: String

    var contentType: String { isJSON ? "application/json" : "text/xml" }

    func result(of operation: String, _ value: JSONValue, _ shape: Shape) -> [UInt8] {
        guard isJSON else {
            return Array(
                XMLAnswer.result(of: operation, value, shape, namespace: namespace, requestID: requestID).utf8)
        }
        return JSONValue.object([
            "\(operation)Response": [
                "\(operation)Result": value, "ResponseMetadata": ["RequestId": .string(requestID)],
            ]
        ]).utf8
    }

    func error(_ error: AWSError) -> [UInt8] {
        guard isJSON else { return Array(XMLAnswer.error(error, namespace: namespace, requestID: requestID).utf8) }
        return JSONValue.object([
            "Error": [
                "Type": .string(error.isSender ? "Sender" : "Receiver"), "Code": .string(error.code),
                "Message": .string(error.queryMessage ?? error.message),
            ],
            "RequestId": .string(requestID),
        ]).utf8
    }
}
