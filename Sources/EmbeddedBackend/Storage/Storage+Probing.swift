import SpeakModel

extension Storage {
    /// Writes a row and waits for the disk, as every send does.
    ///
    /// - Throws: ``SQLiteFailure`` where the disk is full or broken.
    func checkWritable() async throws {
        try await writer.run(.durable) { [now] connection -> Void in
            try connection.statement("INSERT OR REPLACE INTO probes (id, probed_at) VALUES (0, ?)")
                .bind(now().milliseconds, at: 1).run()
        }
    }
}

extension DataFolder {
    /// Why nothing can be written, in a sentence; `nil` where all is well.
    package func unreadiness() async -> String? {
        do { try await storage.checkWritable() } catch { return "The store cannot be written. \(error)" }
        return nil
    }
}
