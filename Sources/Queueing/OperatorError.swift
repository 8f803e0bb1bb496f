/// An error of a store that no message caused, and that may need somebody to mend it: credentials, rights, addresses.
///
/// Whoever gets one must not blame it on the work in hand.
package protocol OperatorError: Error, CustomStringConvertible {
    /// Whether the same call may succeed later without anybody's doing.
    var isTransient: Bool { get }
}
