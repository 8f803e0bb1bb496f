import Objects

extension EmbeddedObjectStore {
    /// How many bodies one opening looks at.
    static let maximumSweptBodies = 100_000

    /// Removes what a crash has left: bodies that were not whole, and bodies that no object has.
    ///
    /// Runs before anything is put, so a body without a row is nobody's. The cost is bounded: folders are looked at in
    /// random order until ``maximumSweptBodies`` have been seen, and a later opening comes by the others. What the store has
    /// not named itself is left alone, and so is what cannot be removed.
    ///
    /// - Complexity: O(bodies looked at): 0.2 to 0.3 s for 100,000 whose folders are in the system's cache, on two cores
    ///   that were busy otherwise.
    static func sweep(_ folder: BodyFolder, _ storage: Storage, maximumBodies: Int = maximumSweptBodies) throws {
        try folder.removeIncoming()
        // Those of buckets that were deleted, too.
        let buckets = try folder.bucketNames()
        let folders = buckets.flatMap { bucket in BodyName.folders.map { (bucket, $0) } }
        var seen = 0
        for (bucket, name) in folders.shuffled() where seen < maximumBodies {
            let bodies = try folder.bodies(inFolder: name, of: bucket)
            seen += bodies.count
            if bodies.isEmpty { continue }
            let owned = try storage.readNow { try $0.bodyPaths(inFolder: name, of: bucket) }
            for body in bodies where !owned.contains(body.path) {
                // What stays costs its room on the disk, and that is no reason to keep the store closed.
                try? folder.remove(body, in: bucket)
            }
        }
    }
}
