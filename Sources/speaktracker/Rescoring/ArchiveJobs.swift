import Archives
import Objects
import SpeakModel
import Workers

/// Puts the jobs of a manifest on their queue.
///
/// Their names depend on the manifest alone, so that doing it again finds those that are there. What shall be done anew
/// gets names of a new generation, whose number is kept beside the manifest for whoever goes on.
struct ArchiveJobs {
    let enqueuer: JobEnqueuer
    let objects: any ObjectStore
    let update: Bool
    let linesAJob: Int
    /// Whether jobs that are done are done again.
    let redoes: Bool

    /// - Returns: The jobs that have a wanted line.
    func enqueue(_ manifest: UploadedManifest) async throws -> [JobDocument] {
        let parts = stride(from: 0, to: manifest.isWanted.count, by: linesAJob)
            .map { $0..<min(manifest.isWanted.count, $0 + linesAJob) }
            .filter { manifest.isWanted[$0].contains(true) }
        guard !parts.isEmpty else { return [] }
        var generation = try await generation(of: manifest)
        if redoes { generation = try await begin(generation + 1, of: manifest) }
        var jobs: [JobDocument] = []
        for part in parts {
            var job = job(part, of: manifest, generation)
            if try await enqueuer.enqueue(job) == .refused, try await isGone(output(part, of: manifest, generation)) {
                generation = try await begin(generation + 1, of: manifest)
                job = self.job(part, of: manifest, generation)
                try await enqueuer.enqueue(job)
            }
            jobs.append(job)
        }
        return jobs
    }

    private func job(_ part: Range<Int>, of manifest: UploadedManifest, _ generation: Int) -> JobDocument {
        let name = generation == 0 ? "" : "/\(generation)"
        return JobDocument(
            id: "rescore/\(manifest.name)/\(part.lowerBound)-\(part.count)\(name)",
            payload: ArchiveRescore(
                manifestS3Key: manifest.key, first: part.lowerBound, count: part.count,
                outputS3Key: output(part, of: manifest, generation), update: update))
    }

    private func output(_ part: Range<Int>, of manifest: UploadedManifest, _ generation: Int) -> String {
        let name = generation == 0 ? "" : "-\(generation)"
        return "\(manifest.folder)/results-\(part.lowerBound)-\(part.count)\(name).jsonl"
    }

    /// Whether what a job wrote is not there any more.
    private func isGone(_ output: String) async throws -> Bool {
        try await objects.head(output, in: Provisioning.bucket) == nil
    }

    private func generation(of manifest: UploadedManifest) async throws -> Int {
        let key = "\(manifest.folder)/generation"
        guard try await objects.head(key, in: Provisioning.bucket) != nil else { return 0 }
        let bytes = try await objects.get(key, in: Provisioning.bucket).body
        return Int(String(decoding: bytes, as: UTF8.self)) ?? 0
    }

    private func begin(_ generation: Int, of manifest: UploadedManifest) async throws -> Int {
        try await objects.put(
            Array("\(generation)".utf8), at: "\(manifest.folder)/generation", in: Provisioning.bucket,
            contentType: "text/plain")
        return generation
    }
}

/// Some thousand lines of an archive, where workers reach them.
struct UploadedManifest {
    /// Of its contents.
    let name: String
    /// Of each line, whether its result is wanted.
    let isWanted: [Bool]

    var folder: String { "archives/\(name)" }
    var key: String { "\(folder)/manifest.jsonl" }
}
