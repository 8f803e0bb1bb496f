/// A decimal number of up to 38 significant digits, exact.
package struct DocumentNumber: Hashable, Sendable {
    package let description: String
}
