package import SpeakModel

/// What requests are signed with.
package struct AccessCredentials: Hashable, Sendable {
    package let keyID: String
    package let secret: String
    /// What temporary credentials carry beside.
    package let sessionToken: String?
    /// `nil` for those that do not end.
    package let expiresAt: Timestamp?

    package init(keyID: String, secret: String, sessionToken: String? = nil, expiresAt: Timestamp? = nil) {
        self.keyID = keyID
        self.secret = secret
        self.sessionToken = sessionToken
        self.expiresAt = expiresAt
    }
}

/// Only the id: a secret that is printed once is none.
extension AccessCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "access key \(keyID)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["keyID": keyID]) }
}
