/// A rule by which a store deletes objects itself.
package struct ObjectExpiry: Hashable, Sendable {
    /// The rule's name, one in a bucket.
    package let id: String
    package let prefix: String
    /// Whole days after an object was put.
    package let days: Int

    package init(id: String, prefix: String, days: Int) {
        self.id = id
        self.prefix = prefix
        self.days = days
    }
}

/// A store that deletes objects by itself some days after they were put.
package protocol ExpiringObjectStore: ObjectStore {
    /// - Returns: `nil` where the service behind the store has no such rules.
    /// - Throws: ``ObjectError/noSuchBucket(_:)``.
    func expiries(in bucket: String) async throws -> [ObjectExpiry]?

    /// Adds a rule, in place of the one of its name; others stay.
    func setExpiry(_ expiry: ObjectExpiry, in bucket: String) async throws
}
