import Archives

/// What is looked at before anything is scored: the archive, counted once, and the results that are there.
struct RunPreparation {
    let census: ArchiveCensus
    let results: ResultsFile
    let scorerName: String
    let progress: ArchiveProgress

    /// - Parameter revisits: Whether recordings that have their line are looked at once more, for their rows.
    /// - Throws: ``CommandError`` where going on would mix what does not belong together.
    init(
        archive: Archive, output: String, writing files: WrittenFiles, scorerName: String, resume: Bool, retry: Bool,
        revisits: Bool
    ) async throws {
        // Nothing of a file goes away before the source has shown that it can be read.
        var census = ArchiveCensus(keepsStale: retry)
        if !resume { try await Self.count(archive, in: FinishedResults(), files, &census) }
        let results = try ResultsFile(path: output, keeps: resume)
        if let other = results.finished.scorers.first(where: { $0 != scorerName }) {
            throw CommandError(
                description: "\(output) was scored by \(other), and this program scores with \(scorerName): the "
                    + "results would not compare. Give another --output, or --force to score everything anew.")
        }
        if resume { try await Self.count(archive, in: results.finished, files, &census) }
        try Self.settle(census, results, output, retry: retry)
        (self.census, self.results, self.scorerName) = (census, results, scorerName)
        let failed = retry ? 0 : census.failedBefore
        progress = ArchiveProgress(
            total: census.items, done: failed + (revisits ? 0 : census.finished), failed: failed)
    }

    private static func count(
        _ archive: Archive, in finished: FinishedResults, _ files: WrittenFiles, _ census: inout ArchiveCensus
    ) async throws {
        try await archive.forEach { item in
            if case .entry(let entry) = item, case .file(let path) = entry.place { try files.refuse(path) }
            census.add(item, in: finished)
        }
        guard census.items > 0 else { throw CommandError(description: "The source holds no recordings.") }
    }

    /// Takes stale lines away, or says what is to be said of them.
    private static func settle(
        _ census: ArchiveCensus, _ results: ResultsFile, _ output: String, retry: Bool
    ) throws {
        let known = census.finished + census.failedBefore + census.changed
        if results.finished.count > known {
            StandardError.write(
                "\(results.finished.count - known) results of \(output) are of recordings that are not in the source.")
        }
        if retry {
            try results.remove { id, _ in census.isStale(id) }
        } else if let first = census.firstChanged {
            throw CommandError(
                description: "\(census.changed) results of \(output) are of another recording or text than the source "
                    + "names now; the first is \(first). --retry scores them again.")
        }
    }
}
