import JSON
import Queueing

extension Operation {
    /// All queues that begin with a prefix, in pages if their size is given.
    ///
    /// The token is the last name of the page before, so a page is right whatever was created or deleted meanwhile.
    static let listQueues = Operation(
        "ListQueues",
        input: [.init("QueueNamePrefix", .string), .init("NextToken", .string), .init("MaxResults", .integer)],
        output: [.init("QueueUrls", .list(.string, name: "QueueUrl")), .init("NextToken", .string)]
    ) { call in
        let names = try await call.queues.queueNames(prefix: call.input["QueueNamePrefix"]?.string ?? "")
        return try call.page(of: names, as: "QueueUrls")
    }
}

extension Call {
    /// A page of queues' URLs, by `MaxResults` and `NextToken`.
    func page(of names: [String], as member: String) throws(AWSError) -> JSONValue {
        let most = input["MaxResults"]?.int
        if let most, !(1...1000).contains(most) {
            throw .invalidValue("\(most)", of: "MaxResults", "MaxResults must be an integer between 1 and 1000.")
        }
        let token = input["NextToken"]?.string
        let rest = names.drop { name in token.map { name <= $0 } ?? false }
        let page = rest.prefix(most ?? 1000)
        var answer: [String: JSONValue] = [:]
        if !page.isEmpty { answer[member] = .array(page.map { .string(url(ofQueue: $0)) }) }
        if most != nil, page.count < rest.count, let last = page.last { answer["NextToken"] = .string(last) }
        return .object(answer)
    }
}
