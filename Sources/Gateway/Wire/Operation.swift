import JSON

/// One operation of a service: what it reads, what it gives, and what it does.
struct Operation: Sendable {
    let name: String
    let input: Shape
    let output: Shape
    let run: @Sendable (Call) async throws -> Answer

    /// What it gives.
    enum Answer {
        case value(JSONValue)
        /// JSON that is written already: services that speak no other protocol may pass on what they have stored.
        case text([UInt8])
    }

    init(
        _ name: String, input: [Shape.Member], output: [Shape.Member] = [],
        run: @escaping @Sendable (Call) async throws -> JSONValue
    ) {
        self.init(name, input: input, output: output, answer: { .value(try await run($0)) })
    }

    init(
        _ name: String, input: [Shape.Member], output: [Shape.Member] = [],
        answer: @escaping @Sendable (Call) async throws -> Answer
    ) {
        (self.name, self.input, self.output, self.run) = (name, .structure(input), .structure(output), answer)
    }
}

extension Operation.Answer {
    var text: [UInt8] {
        switch self {
        case .value(let value): value.utf8
        case .text(let text): text
        }
    }

    /// An object of these members and one that is written already.
    static func object(_ members: [String: JSONValue], _ name: String, _ text: some Sequence<UInt8>) -> Self {
        var object = JSONValue.object(members).utf8.dropLast()
        object += (members.isEmpty ? "\"\(name)\":" : ",\"\(name)\":").utf8
        object += text
        object.append(UInt8(ascii: "}"))
        return .text(Array(object))
    }
}

extension Operation {
    /// Whether it is about one queue, which its request names.
    var isForQueue: Bool {
        guard case .structure(let members) = input else { return false }
        return members.contains { $0.name == "QueueUrl" }
    }
}

extension Dictionary where Key == String, Value == Operation {
    init(_ operations: [Operation]) {
        self.init(uniqueKeysWithValues: operations.map { ($0.name, $0) })
    }
}
