import JSON

/// One line of a log.
///
/// Whatever its message and its fields hold, it is one line, and nothing in it steers a terminal.
package struct LogLine: Sendable {
    package var time: String
    package var level: String
    package var message: String
    package var service: String
    /// In the order in which people read them.
    package var fields: [(name: String, value: String)]

    package init(
        time: String, level: String, message: String, service: String, fields: [(name: String, value: String)]
    ) {
        self.time = time
        self.level = level
        self.message = message
        self.service = service
        self.fields = fields
    }

    /// Without the line's end.
    package func written(as format: LogFormat) -> String {
        switch format {
        case .text: text
        case .json: json
        }
    }

    private var text: String {
        let pairs = fields.map { " \(Self.escaped($0.name))=\(Self.quoted($0.value))" }.joined()
        return "\(time) \(level) \(Self.escaped(message))\(pairs)"
    }

    /// Dots of field names become underscores: `job.id` is `job_id`.
    private var json: String {
        var members: [String: JSONValue] = [:]
        for (name, value) in fields { members[name.replacing(".", with: "_")] = .string(value) }
        let own: [String: JSONValue] = [
            "time": .string(time), "level": .string(level), "message": .string(message), "service": .string(service),
        ]
        return Self.escaped(JSONValue.object(members.merging(own) { $1 }).text)
    }

    private static func quoted(_ value: String) -> String {
        let escaped = escaped(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))
        let isPlain = !value.isEmpty && !escaped.contains { $0 == " " || $0 == "=" || $0 == "\"" || $0 == "\\" }
        return isPlain ? escaped : "\"\(escaped)\""
    }

    /// Line ends and other controls, the later ones of Unicode too, as JSON writes them.
    private static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            if isControl(scalar) {
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
