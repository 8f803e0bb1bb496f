/// Why a worker process could not begin, in its own words.
package struct StartFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What it exited with.
    package let status: Int32
    /// One sentence.
    package let description: String

    package init(status: Int32, description: String) {
        self.status = status
        self.description = description
    }
}
