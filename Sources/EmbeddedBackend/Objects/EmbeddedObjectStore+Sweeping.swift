import Objects

extension EmbeddedObjectStore {
    /// How many bodies one opening looks at.
    static let maximumSweptBodies = 100_000

    /// Removes what a crash has left: bodies that were not whole, and bodies that no object has.
    ///
    /// Runs before anything is put, so a body without a row is nobody's. The cost is bounded: folders are looked at in
    /// random order until ``maximumSweptBodies`` have been seen, and a later opening comes by the others. Files that the
    /// store has not named itself are left alone.
    ///
    /// - Complexity: O(bodies looked at); measured at about … µs a body.
    static func sweep(_ folder: BodyFolder, _ storage: Storage, maximumBodies: Int = maximumSweptBodies) throws {
        try folder.removeIncoming()
        let buckets = try storage.readNow { try $0.buckets() }
        let folders = buckets.flatMap { bucket in BodyName.folders.map { (bucket, $0) } }
        var seen = 0
        for (bucket, name) in folders.shuffled() where seen < maximumBodies {
            let bodies = try folder.bodies(inFolder: name, of: bucket)
            seen += bodies.count
            if bodies.isEmpty { continue }
            let owned = try storage.readNow { try $0.bodyPaths(inFolder: name, of: bucket) }
            for body in bodies where !owned.contains(body.path) { try folder.remove(body, in: bucket) }
        }
    }
}
