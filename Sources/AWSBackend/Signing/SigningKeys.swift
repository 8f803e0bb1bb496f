import Signing
import Synchronization

/// The key of each service that was signed for last: it is the same for a day, and costs four hashes.
final class SigningKeys: Sendable {
    private struct Known {
        let secret: String
        let scope: [String]
        let key: SigningKey
    }

    private let known = Mutex<[String: Known]>([:])

    /// - Parameter scope: Day, region, service and `aws4_request`.
    func key(of secret: String, scope: [String]) -> SigningKey {
        known.withLock { known in
            let service = scope[2]
            if let found = known[service], found.secret == secret, found.scope == scope { return found.key }
            let key = SigningKey(secret: secret, scope: scope)
            known[service] = Known(secret: secret, scope: scope, key: key)
            return key
        }
    }
}
