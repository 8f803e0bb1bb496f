import Crypto

/// What a secret is turned into for one day, region and service.
///
/// Source: "Signature Version 4 signing process" in the AWS General Reference.
package struct SigningKey: Sendable {
    private let key: SymmetricKey

    /// - Parameter scope: Day, region, service and `aws4_request`.
    package init(secret: String, scope: [String]) {
        key = scope.reduce(SymmetricKey(data: Array("AWS4\(secret)".utf8))) { key, part in
            SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
    }

    /// The signature of a text to sign, in hexadecimal.
    package func signature(of text: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key).hexadecimal
    }
}
