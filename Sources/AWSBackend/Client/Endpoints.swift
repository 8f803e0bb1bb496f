import Foundation

/// Where each service is.
///
/// `AWS_ENDPOINT_URL_SQS` and its like come before `AWS_ENDPOINT_URL`, both before what the profile says, and everything
/// before AWS itself. Source: "Service-specific endpoints" in the AWS SDKs and Tools Reference Guide.
package struct Endpoints: Sendable {
    let region: String
    private let addresses: [Service: Endpoint]

    /// - Parameter everything: One address for all services, before any other.
    /// - Throws: ``ServiceError/badConfiguration(_:)``.
    init(
        region: String, everything: String? = nil, environment: Environment, shared: SharedConfiguration?,
        profile: String
    ) throws {
        self.region = region
        var addresses: [Service: Endpoint] = [:]
        let ignoresConfigured = environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.lowercased() == "true"
        for service in Service.allCases {
            let configured =
                everything
                ?? (ignoresConfigured
                    ? nil
                    : environment["AWS_ENDPOINT_URL_\(service.rawValue.uppercased())"]
                        ?? environment["AWS_ENDPOINT_URL"]
                        ?? shared?.endpoint(of: service.rawValue, profile: profile))
            addresses[service] = try configured.map(Endpoint.init) ?? Self.aws(service, region)
        }
        self.addresses = addresses
    }

    subscript(service: Service) -> Endpoint {
        guard let address = addresses[service] else { preconditionFailure("\(service) has no endpoint.") }
        return address
    }

    private static func aws(_ service: Service, _ region: String) throws -> Endpoint {
        guard !region.isEmpty, region.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || Self.isLetterOrDigit($0) }) else {
            throw ServiceError.badConfiguration("There is no AWS region named \(region.debugDescription).")
        }
        let suffix = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        return try Endpoint("https://\(service.rawValue).\(region).\(suffix)")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

/// One service's address.
struct Endpoint: Hashable, Sendable {
    private let scheme: String
    /// What the `Host` header says.
    private(set) var host: String
    /// The path before every request's own.
    let basePath: String
    /// Whether it is this machine.
    let isLoopback: Bool
    /// Whether it is AWS itself.
    let isAWS: Bool

    init(_ text: String) throws {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let name = parts.host, !name.isEmpty, parts.query == nil,
            parts.user == nil
        else {
            throw ServiceError.badConfiguration(
                "\(text.debugDescription) is no endpoint; one looks like http://127.0.0.1:4566.")
        }
        let isDefaultPort = parts.port == nil || parts.port == (scheme == "http" ? 80 : 443)
        host = isDefaultPort ? name : "\(name):\(parts.port ?? 0)"
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        basePath = path
        self.scheme = scheme
        isLoopback = ["localhost", "[::1]", "::1"].contains(name) || name.hasPrefix("127.")
        isAWS = name.hasSuffix(".amazonaws.com") || name.hasSuffix(".amazonaws.com.cn")
    }

    /// Scheme, host, port and path, without a slash at the end.
    var url: String { "\(scheme)://\(host)\(basePath)" }

    /// The address with a name before its host.
    func prefixed(by name: String?) -> Endpoint {
        guard let name else { return self }
        var endpoint = self
        endpoint.host = "\(name).\(host)"
        return endpoint
    }
}
