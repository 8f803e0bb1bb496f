/// Which process of a pool: its place, and how many were in that place before it.
package struct WorkerID: Hashable, Sendable, CustomStringConvertible {
    /// From 1 to the pool's size.
    package let place: Int
    package let generation: Int

    package init(place: Int, generation: Int) {
        self.place = place
        self.generation = generation
    }

    package var description: String { "\(place).\(generation)" }
}
