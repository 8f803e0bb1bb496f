/// The right to one delivery.
///
/// Each delivery has its own, so a late worker cannot finish another's job.
package struct Receipt: Hashable, Sendable {
    package let handle: String

    package init(handle: String) { self.handle = handle }
}
