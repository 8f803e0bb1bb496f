import Signing

/// Which bucket and which key a request is for: from its path, or from its host's name and its path.
///
/// Source: Amazon S3 User Guide, "Virtual hosting of general purpose buckets".
struct BucketAddress: Hashable {
    let bucket: String?
    let key: String?

    /// - Parameter domains: Names whose subdomains are buckets, beside those of AWS.
    /// - Throws: `InvalidURI` for a path that is not percent-encoded UTF-8.
    init(path: Substring, authority: String, domains: [String]) throws(AWSError) {
        if let bucket = Self.bucket(ofHost: authority, domains) {
            self.bucket = bucket
            key = try Self.decoded(path.dropFirst())
        } else {
            let parts = path.dropFirst().split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            bucket = try Self.decoded(parts.first ?? "")
            key = parts.count > 1 ? try Self.decoded(parts[1]) : nil
        }
    }

    private static func decoded(_ text: Substring) throws(AWSError) -> String? {
        guard let decoded = PercentEncoding.decoded(text) else {
            throw .s3("InvalidURI", "Couldn't parse the specified URI.")
        }
        return decoded.isEmpty ? nil : decoded
    }

    /// The part of a host's name before a domain whose subdomains are buckets.
    static func bucket(ofHost authority: String, _ domains: [String]) -> String? {
        let host = authority.prefix { $0 != ":" }.lowercased()
        for domain in domains where host.hasSuffix("." + domain) {
            return String(host.dropLast(domain.utf8.count + 1))
        }
        guard host.hasSuffix(".amazonaws.com") else { return nil }
        let labels = host.split(separator: ".")
        guard let mark = labels.lastIndex(where: { $0 == "s3" || $0.hasPrefix("s3-") }), mark > 0 else { return nil }
        return labels[..<mark].joined(separator: ".")
    }
}
