import Archives
import Documents
import Foundation
import JSON
import Objects
import Pronunciation
import SpeakModel
import Workers

/// Lets the worker pool score an archive: jobs onto the queue, then results off the store as jobs complete.
///
/// Repeating it finds the jobs that are there, whatever was interrupted.
struct PooledRun {
    let archive: Archive
    let stores: Stores
    let preparation: RunPreparation
    let factory: WorkerFactory
    /// Whether this process owns the data folder, and nobody else can work on it.
    let worksHere: Bool
    let linesAJob: Int
    let update: Bool

    func finish() async throws {
        let upload = ArchiveUpload(
            archive: archive, objects: stores.objects, scorerName: preparation.scorerName, update: update,
            linesAJob: linesAJob)
        var jobs: [JobDocument] = []
        try await upload.forEachJob { job in
            try await factory.enqueuer.enqueue(job)
            jobs.append(job)
        }
        StandardError.write("\(jobs.count) jobs are on their queue.")
        if worksHere { try await factory.workUntilEmpty(on: [.scoring]) }
        try await collect(jobs)
    }

    /// Takes the results of jobs as they complete.
    private func collect(_ jobs: [JobDocument]) async throws {
        let progress = preparation.progress
        var open = jobs
        var failures: [String] = []
        while !open.isEmpty {
            var waiting: [JobDocument] = []
            for start in stride(from: 0, to: open.count, by: Self.rowsARead) {
                let jobs = Array(open[start..<min(open.count, start + Self.rowsARead)])
                for (job, state) in zip(jobs, try await states(of: jobs)) {
                    switch state {
                    case .completed: try await take(job, progress)
                    case .failed(let reason): failures.append("\(job.id): \(reason)")
                    case .waiting: waiting.append(job)
                    }
                }
            }
            open = waiting
            guard !open.isEmpty else { break }
            guard !worksHere else { throw CommandError(description: "Stopped; --resume goes on from here.") }
            // A queue tells nobody that a job is done; its row does, when asked.
            try await Task.sleep(for: .milliseconds(500))
        }
        progress.close()
        guard failures.isEmpty else {
            for failure in failures.prefix(10) { StandardError.write(Terminal.safe(failure)) }
            throw CommandError(
                description: "\(failures.count) of \(jobs.count) jobs failed; --resume tries them again.")
        }
    }

    private enum JobState { case completed, waiting, failed(String) }

    /// As many as DynamoDB reads at a time.
    private static let rowsARead = 100

    private func states(of jobs: [JobDocument]) async throws -> [JobState] {
        let keys = jobs.map { DocumentKey(table: Table.asyncJobStatus.name, ["job_id": .string($0.id)]) }
        return try await stores.documents.stored(keys).map { stored in
            let row = try stored?.item
            return switch row?["status"]?.string.flatMap(JobStatus.init) {
            case .completed: .completed
            case .failed: .failed(row?["error"]?.string ?? "")
            default: .waiting
            }
        }
    }

    private func take(_ job: JobDocument, _ progress: ArchiveProgress) async throws {
        guard let payload = job.payload as? ArchiveRescore else { preconditionFailure("A job of another kind.") }
        let bytes = try await stores.objects.get(payload.outputS3Key, in: Provisioning.bucket).body
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let result = try ArchiveResult(Array(line), place: payload.outputS3Key)
            if let scorer = result.assessment?.scorer, scorer != preparation.scorerName {
                throw CommandError(
                    description: "A worker scored with \(scorer), and this program has \(preparation.scorerName): "
                        + "update what is older.")
            }
            guard !preparation.results.finished.contains(result.id) else { continue }
            let text = String(decoding: line, as: UTF8.self)
            try preparation.results.append(text)
            progress.advance(failed: ResultLine.isFailure(text))
        }
    }
}
