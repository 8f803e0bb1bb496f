import JSON

/// Answers in the Query protocol.
struct XMLAnswer {
    private(set) var text = ""

    /// An operation's result.
    static func result(
        of operation: String, _ value: JSONValue, _ shape: Shape, namespace: String, requestID: String
    ) -> String {
        var answer = XMLAnswer()
        answer.text = "<?xml version=\"1.0\"?><\(operation)Response xmlns=\"\(namespace)\">"
        if case .structure(let members) = shape, !members.isEmpty {
            answer.element("\(operation)Result") { $0.write(value, shape) }
        }
        answer.element("ResponseMetadata") { $0.element("RequestId", requestID) }
        answer.text += "</\(operation)Response>"
        return answer.text
    }

    static func error(_ error: AWSError, namespace: String, requestID: String) -> String {
        var answer = XMLAnswer()
        answer.text = "<?xml version=\"1.0\"?><ErrorResponse xmlns=\"\(namespace)\">"
        answer.element("Error") {
            $0.element("Type", error.isSender ? "Sender" : "Receiver")
            $0.element("Code", error.code)
            $0.element("Message", error.queryMessage ?? error.message)
            $0.text += "<Detail/>"
        }
        answer.element("RequestId", requestID)
        answer.text += "</ErrorResponse>"
        return answer.text
    }

    private mutating func element(_ name: String, _ content: (inout XMLAnswer) -> Void) {
        text += "<\(name)>"
        content(&self)
        text += "</\(name)>"
    }

    private mutating func element(_ name: String, _ content: String) {
        element(name) { $0.text += Self.escaped(content) }
    }

    private mutating func write(_ value: JSONValue, _ shape: Shape) {
        switch (shape, value) {
        case (.structure(let members), .object(let values)):
            for member in members { if let value = values[member.name] { write(value, member) } }
        case (_, .string(let string)): text += Self.escaped(string)
        case (_, .number(let number)): text += number
        case (_, .bool(let bool)): text += bool ? "true" : "false"
        default: break
        }
    }

    private mutating func write(_ value: JSONValue, _ member: Shape.Member) {
        switch (member.shape, value) {
        case (.list(let shape, let name), .array(let values)):
            for value in values { element(name) { $0.write(value, shape) } }
        case (.map(let shape, let entry, let key, let valueName), .object(let values)):
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                element(entry) {
                    $0.element(key, name)
                    $0.element(valueName) { $0.write(value, shape) }
                }
            }
        default: element(member.name) { $0.write(value, member.shape) }
        }
    }

    /// Carriage returns would be read back as line feeds (XML 1.0, section 2.11).
    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { "&<>\"\r".utf8.contains($0) }) else { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\r": escaped += "&#xD;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
