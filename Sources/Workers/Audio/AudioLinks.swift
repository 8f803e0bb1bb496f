import Signing
package import SpeakModel

/// How rows say where audio plays: by a public address, or by one that is signed and ends with the row.
///
/// The same at AWS and on `serve`: which of them it is, the environment says.
package struct AudioLinks: Sendable {
    private enum Kind: Sendable {
        case open(base: String)
        case presigned(Endpoint, PresignedURL.Credentials, region: String)
    }

    fileprivate struct Endpoint: Sendable {
        let scheme: String
        let authority: String
        /// What stands before the key.
        let path: String
    }

    private let kind: Kind

    private init(_ kind: Kind) { self.kind = kind }

    /// Where `serve` is if nobody says otherwise, and nobody is asked for keys.
    package static let onThisMachine = AudioLinks(base: "http://127.0.0.1:4566/\(Provisioning.bucket)")

    /// - Parameter base: What stands before a slash and the key, in addresses that everybody may read.
    package init(base: String) {
        var base = base[...]
        while base.hasSuffix("/") { base.removeLast() }
        kind = .open(base: String(base))
    }

    /// Reads `SPEAKTRACKER_AUDIO_BASE_URL` or, without it, the keys and the endpoint that AWS SDKs read.
    ///
    /// - Throws: ``AudioLinksError`` for an address that is none.
    package init(environment: [String: String]) throws(AudioLinksError) {
        func value(_ names: String...) -> String? { names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } }
        if let base = value("SPEAKTRACKER_AUDIO_BASE_URL") {
            guard Endpoint(base, path: "") != nil else {
                throw .noAddress(variable: "SPEAKTRACKER_AUDIO_BASE_URL", value: base)
            }
            self.init(base: base)
            return
        }
        let endpoint = value("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
        guard let id = value("AWS_ACCESS_KEY_ID"), let secret = value("AWS_SECRET_ACCESS_KEY") else {
            self = endpoint.map { Self(base: "\($0)/\(Provisioning.bucket)") } ?? .onThisMachine
            return
        }
        let region = value("AWS_REGION", "AWS_DEFAULT_REGION") ?? "us-east-1"
        let found =
            endpoint.map { Endpoint($0, path: "/\(Provisioning.bucket)") }
            ?? Endpoint("https://\(Provisioning.bucket).s3.\(region).amazonaws.com", path: "")
        guard let found else { throw .noAddress(variable: "AWS_ENDPOINT_URL", value: endpoint ?? "") }
        let credentials = PresignedURL.Credentials(
            keyID: id, secret: secret, sessionToken: value("AWS_SESSION_TOKEN"))
        self.init(.presigned(found, credentials, region: region))
    }

    /// Where an object of the bucket plays.
    ///
    /// - Parameter now: When a signed address begins; it ends after seven days, as SentenceAudio and AsyncJobStatus do.
    package func url(ofObjectAt key: String, at now: Timestamp) -> String {
        switch kind {
        case .open(let base): return "\(base)/\(PercentEncoding.encoded(key, keepingSlashes: true))"
        case .presigned(let endpoint, let credentials, let region):
            return PresignedURL(
                scheme: endpoint.scheme, authority: endpoint.authority, path: "\(endpoint.path)/\(key)",
                region: region, credentials: credentials, time: Self.basicFormat(now),
                lifetimeInSeconds: PresignedURL.longestLifetimeInSeconds
            ).text
        }
    }

    /// `20260101T120000Z`.
    private static func basicFormat(_ moment: Timestamp) -> String {
        moment.iso8601.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }
}

extension AudioLinks.Endpoint {
    /// - Parameter path: What stands between the address and the key.
    fileprivate init?(_ address: String, path: String) {
        let schemes = ["http", "https"]
        guard let scheme = schemes.first(where: { address.hasPrefix($0 + "://") }) else { return nil }
        let rest = address.dropFirst(scheme.count + 3)
        let authority = rest.prefix { $0 != "/" }
        guard !authority.isEmpty else { return nil }
        var before = String(rest.dropFirst(authority.count))
        while before.hasSuffix("/") { before.removeLast() }
        self.init(scheme: scheme, authority: String(authority), path: before + path)
    }
}

package enum AudioLinksError: Error, Hashable, CustomStringConvertible {
    case noAddress(variable: String, value: String)

    package var description: String {
        switch self {
        case .noAddress(let variable, let value):
            "\(variable) is \(value.debugDescription), where an address such as https://audio.school.example is needed."
        }
    }
}
