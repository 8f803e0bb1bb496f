import JSON

/// One operation of a service: what it reads, what it gives, and what it does.
struct Operation: Sendable {
    let name: String
    let input: Shape
    let output: Shape
    let run: @Sendable (Call) async throws -> JSONValue

    init(
        _ name: String, input: [Shape.Member], output: [Shape.Member] = [],
        run: @escaping @Sendable (Call) async throws -> JSONValue
    ) {
        (self.name, self.input, self.output, self.run) = (name, .structure(input), .structure(output), run)
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
