import JSON
import Signing

/// The parameters of a request in the Query protocol, as a tree of the parts between their periods.
struct QueryForm {
    private struct Node {
        var value: String?
        var children: [String: Node] = [:]

        mutating func set(_ value: String, at path: ArraySlice<Substring>) {
            guard let first = path.first else {
                self.value = value
                return
            }
            children[String(first), default: Node()].set(value, at: path.dropFirst())
        }

        /// The children that are numbers, in order.
        var elements: [Node] {
            children.compactMap { name, node in Int(name).map { ($0, node) } }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// More parts than any request has.
    private static let mostParts = 16
    private var root = Node()

    /// - Parameter text: `name=value` pairs with `&` between them, percent-encoded.
    /// - Throws: An error for an encoding that is none.
    init(_ text: some StringProtocol) throws(AWSError) {
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decoded(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decoded(parts.count == 2 ? parts[1] : "", plusIsSpace: true)
            else { throw AWSError("MalformedQueryString", "The query string contains a syntax error.", status: 404) }
            let path = name.split(separator: ".", maxSplits: Self.mostParts, omittingEmptySubsequences: false)
            root.set(value, at: path[...])
        }
    }

    subscript(name: String) -> String? { root.children[name]?.value }

    /// The input of an operation.
    func value(as shape: Shape) throws(AWSError) -> JSONValue { try Self.value(root, shape, "") ?? [:] }

    private static func value(_ node: Node, _ shape: Shape, _ name: String) throws(AWSError) -> JSONValue? {
        switch shape {
        case .string, .blob, .any: return node.value.map(JSONValue.string)
        case .integer:
            guard let text = node.value else { return nil }
            guard let number = Int(text) else {
                throw .invalidParameter("Value \(text) for parameter \(name) is invalid. Reason: Must be an integer.")
            }
            return .number(number)
        case .boolean: return node.value.map { .bool($0 == "true") }
        case .list(let member, _):
            var values: [JSONValue] = []
            for element in node.elements { if let value = try value(element, member, name) { values.append(value) } }
            return values.isEmpty ? nil : .array(values)
        case .map(let member, _, let key, let valueName):
            var values: [String: JSONValue] = [:]
            for element in node.elements {
                guard let key = element.children[key]?.value else { throw .missingParameter("\(name).\(key)") }
                values[key] = try value(element.children[valueName] ?? Node(), member, key)
            }
            return values.isEmpty ? nil : .object(values)
        case .structure(let members):
            var values: [String: JSONValue] = [:]
            for member in members {
                let name = queryName(of: member)
                guard let child = node.children[name] else { continue }
                values[member.name] = try value(child, member.shape, name)
            }
            return .object(values)
        }
    }

    private static func queryName(of member: Shape.Member) -> String {
        switch member.shape {
        case .list(_, let name): name
        case .map(_, let entry, _, _): entry
        default: member.name
        }
    }
}
