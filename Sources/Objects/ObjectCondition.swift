/// What must hold of a key at the moment at which it is written.
package enum ObjectCondition: Hashable, Sendable {
    /// Nobody has put it.
    case absent
    /// The object that is there has this entity tag.
    case etag(String)
    case exists

    /// - Throws: ``ObjectError/preconditionFailed`` or, where there is nothing to compare with,
    ///   ``ObjectError/noSuchObject(_:)``.
    package func check(_ etag: String?, key: String) throws(ObjectError) {
        switch self {
        case .absent: guard etag == nil else { throw .preconditionFailed }
        case .exists: guard etag != nil else { throw .noSuchObject(key) }
        case .etag(let expected):
            guard let etag else { throw .noSuchObject(key) }
            guard etag == expected else { throw .preconditionFailed }
        }
    }
}
