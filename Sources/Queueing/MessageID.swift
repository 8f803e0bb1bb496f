/// A message's name for its whole life, in every queue it passes through.
package struct MessageID: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
