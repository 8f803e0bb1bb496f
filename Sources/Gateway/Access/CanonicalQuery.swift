import Signing

/// A query string's parameters, decoded, and in the one order and encoding that is signed.
struct CanonicalQuery: Sendable {
    let parameters: [(name: String, value: String)]

    init(_ query: Substring) {
        parameters = query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            func decoded(_ text: Substring) -> String { PercentEncoding.decoded(text) ?? String(text) }
            return (decoded(parts[0]), parts.count == 2 ? decoded(parts[1]) : "")
        }
    }

    subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// Everything but the signature itself.
    var text: String {
        parameters.filter { $0.name != "X-Amz-Signature" }
            .map { (PercentEncoding.encoded($0.name), PercentEncoding.encoded($0.value)) }
            .sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
    }
}
