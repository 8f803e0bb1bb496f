import Signing

/// A request to a service, whose host is found when it is sent.
struct ServiceRequest: Sendable {
    var method: String
    /// Percent-encoded, from the first slash on.
    var path = "/"
    /// Not yet percent-encoded.
    var query: [(name: String, value: String)] = []
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    init(
        _ method: String, path: String = "/", query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The query as it is signed, and sent: escaped, and sorted by its bytes.
    var canonicalQuery: String {
        query.map { (PercentEncoding.encoded($0.name), PercentEncoding.encoded($0.value)) }
            .sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
    }

    var target: String { query.isEmpty ? path : "\(path)?\(canonicalQuery)" }
}
