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
    /// Whether jobs that are done are done again.
    let redoes: Bool
    let stop = StopRequest()

    func finish() async throws {
        let jobs = try await stop.watch { try await enqueue() }
        StandardError.write("\(jobs.count) jobs are on their queue.")
        if worksHere { try await factory.workUntilEmpty(on: [.scoring]) }
        try await stop.watch { try await collect(jobs) }
    }

    private func enqueue() async throws -> [JobDocument] {
        let finished = preparation.results.finished
        let progress = ArchiveProgress("Stored: ", total: preparation.census.items)
        let upload = ArchiveUpload(
            archive: archive, objects: stores.objects, scorerName: preparation.scorerName, update: update,
            linesAJob: linesAJob, wants: { [update] in update || finished.state(of: $0) == .missing },
            onItem: { progress.advance(failed: false) }, stop: stop)
        let queue = ArchiveJobs(
            enqueuer: factory.enqueuer, objects: stores.objects, update: update, linesAJob: linesAJob, redoes: redoes)
        var jobs: [JobDocument] = []
        try await upload.forEachManifest { jobs += try await queue.enqueue($0) }
        progress.clear()
        try checkStop()
        return jobs
    }

    private func checkStop() throws {
        guard stop.isMade else { return }
        throw CommandError(description: "Stopped; jobs that are on their queue go on, and --resume goes on from here.")
    }

    /// Takes the results of jobs as they complete.
    private func collect(_ jobs: [JobDocument]) async throws {
        let progress = preparation.progress
        var silence = QueueSilence()
        var open = jobs
        var failures: [String] = []
        while !open.isEmpty {
            var waiting: [JobDocument] = []
            for start in stride(from: 0, to: open.count, by: Self.rowsARead) {
                let jobs = Array(open[start..<min(open.count, start + Self.rowsARead)])
                for (job, state) in zip(jobs, try await states(of: jobs)) {
                    try checkStop()
                    switch state {
                    case .completed: try await take(job, progress)
                    case .failed(let reason): failures.append("\(job.id): \(reason)")
                    case .begun, .pending: waiting.append(job)
                    }
                    silence.note(hasBegun: state != .pending)
                }
            }
            open = waiting
            guard !open.isEmpty else { break }
            guard !worksHere else { throw CommandError(description: "Stopped; --resume goes on from here.") }
            progress.tick()
            if silence.isToBeTold {
                StandardError.write("No job has begun yet: does a worker receive from \(JobQueue.scoring.name)?")
            }
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

    private enum JobState: Hashable { case pending, begun, completed, failed(String) }

    /// As many as DynamoDB reads at a time.
    private static let rowsARead = 100

    private func states(of jobs: [JobDocument]) async throws -> [JobState] {
        let keys = jobs.map { DocumentKey(table: Table.asyncJobStatus.name, ["job_id": .string($0.id)]) }
        return try await stores.documents.stored(keys).map { stored in
            let row = try stored?.item
            return switch row?["status"]?.string.flatMap(JobStatus.init) {
            case .completed: .completed
            case .failed: .failed(row?["error"]?.string ?? "")
            case .processing: .begun
            case .pending, nil: .pending
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

/// Notices that jobs wait and nobody takes one.
private struct QueueSilence {
    private let start = ContinuousClock.now
    private var isOver = false

    /// As long as workers may take to start.
    private static let patience = Duration.seconds(10)

    mutating func note(hasBegun: Bool) { isOver = isOver || hasBegun }

    /// Whether somebody should hear of it, once.
    var isToBeTold: Bool {
        mutating get {
            guard !isOver, ContinuousClock.now - start > Self.patience else { return false }
            isOver = true
            return true
        }
    }
}
