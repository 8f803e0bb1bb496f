/// Why a source of recordings, or a file of results, cannot be read at all.
package struct ArchiveError: Error, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
