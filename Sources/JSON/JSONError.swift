/// Why a text is not JSON.
package struct JSONError: Error, Hashable, CustomStringConvertible {
    /// The place, in bytes from the start.
    package let offset: Int
    package let reason: String

    package var description: String { "Not JSON: \(reason) at byte \(offset)." }
}
