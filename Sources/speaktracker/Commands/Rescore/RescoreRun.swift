import Archives
import ArgumentParser
import Foundation
import Logging
import SpeakModel
import Workers

struct RescoreRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Score an archive of recordings.",
        discussion: """
            A source is
              a Kaldi data folder: wav.scp, text, and if they are there utt2spk and segments;
              a manifest, .csv, .tsv or .jsonl: audio or s3key, text, and if they are there id, speaker, student_email, \
            timestamp, transcribed_text;
              a folder of recordings, each with its sentence beside it as .txt or .lab;
              s3://bucket/prefix: the same in an object store;
              pronunciation-results: the table's rows, and their recordings.
            Paths are relative to the folder, or to the manifest's.

            Writes one JSON object a line, flushed as it is finished, in no particular order. A recording that cannot be \
            scored has its line too, with an error. Exits with 0 when all have a line. Stopped or killed, --resume goes on.
            """)

    @Argument(help: "What holds the recordings.")
    var source: String

    @Option(name: [.customShort("o"), .long], help: .init("The results.", valueName: "file.jsonl"))
    var output: String?

    @Option(help: "Scoring processes at a time; as many as there are processors, if left out.")
    var processes = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Only say what is there, what is missing, and how long it will take.")
    var dryRun = false

    @Flag(help: "Keep what the file has already, and score only the rest.")
    var resume = false

    @Flag(help: "With --resume: score again what failed, and what has another recording or text now.")
    var retry = false

    @Flag(help: "Replace the file.")
    var force = false

    @Flag(help: "Write the rows of PronunciationResults, and their days' statistics, too.")
    var update = false

    @Flag(help: "Let the worker pool do it: cut the archive into jobs, follow them, collect the results.")
    var enqueue = false

    @Option(help: "With --enqueue: recordings a job.")
    var chunk = 100

    @OptionGroup var exports: ExportOptions
    @OptionGroup var plots: PlotOptions
    @OptionGroup var scorer: ScorerOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var calendar: CalendarOptions
    @OptionGroup var log: LogOptions

    func validate() throws {
        guard 1...256 ~= processes else { throw ValidationError("--processes is \(processes); allowed is 1 to 256.") }
        guard 1...10_000 ~= chunk else { throw ValidationError("--chunk is \(chunk); allowed is 1 to 10000.") }
        guard !(resume && force) else { throw ValidationError("--resume keeps the file and --force replaces it.") }
        guard resume || !retry else { throw ValidationError("--retry is about what a file has: say --resume too.") }
        guard !(enqueue && scorer.weights != nil) else {
            throw ValidationError("Workers score with their own weights: --weights and --enqueue do not go together.")
        }
        guard !dryRun else { return }
        guard let path = output else { throw ValidationError("Say --output FILE.jsonl, or --dry-run.") }
        guard resume || force || !FileManager.default.fileExists(atPath: path) else {
            throw ValidationError("\(path) is there already: --resume goes on with it, --force replaces it.")
        }
    }

    func run() async throws {
        let name = try SourceName(source)
        let files = try WrittenFiles([output, exports.csv, exports.ctm])
        for path in name.files { try files.refuse(path) }
        try exports.check(besides: name)
        let stores = try await openStores(for: name)
        do {
            try await run(name, in: stores, writing: files)
        } catch {
            try await stores?.close()
            throw error
        }
        try await stores?.close()
    }

    /// Stores where the source, its recordings or the results are in them.
    private func openStores(for name: SourceName) async throws -> Stores? {
        let isNamed = store.data != nil || store.endpoint != nil
        if isNamed || update || enqueue || name.needsStores { return try await store.open() }
        guard store.isGiven, name.mayNameObjects else { return nil }
        // An environment that speaks of AWS does not make every archive one of objects.
        do { return try await store.open() } catch {
            StandardError.write("Recordings that are objects cannot be read: \(error)")
            return nil
        }
    }

    private func run(_ name: SourceName, in stores: Stores?, writing files: WrittenFiles) async throws {
        let archive = Archive(
            source: try name.source(in: stores.map { ArchiveStores(documents: $0.documents, objects: $0.objects) }),
            stores: stores)
        if dryRun { return try await forecast(archive).print(processes) }
        guard let output else { preconditionFailure("validate() let a missing --output pass.") }
        if !plots.ids.isEmpty { _ = try plots.folder() }
        let preparation = try await RunPreparation(
            archive: archive, output: output, writing: files, scorerName: scorer.assessor().scorerName, resume: resume,
            retry: retry, revisits: update && !enqueue)
        if enqueue, let stores {
            try await poolRun(archive, stores, preparation).finish()
        } else {
            try await scoreHere(archive, preparation)
        }
        try exports.write(resultsAt: output)
        try await plots.draw(archive, assessor: try scorer.assessor())
    }

    private func forecast(_ archive: Archive) throws -> ArchiveForecast {
        let finished = try output.map { resume ? try ResultsFile.finished(in: $0) : FinishedResults() }
        return ArchiveForecast(
            archive: archive, assessor: try scorer.assessor(), finished: finished ?? FinishedResults(), retry: retry)
    }

    private func scoreHere(_ archive: Archive, _ preparation: RunPreparation) async throws {
        let stop = StopRequest()
        let updater = try updater(archive.stores, preparation.scorerName)
        let run = ArchiveRun(
            source: archive.source, finished: preparation.results.finished, results: preparation.results,
            pool: ScoringPool(limit: processes, weights: scorer.weights), loader: archive.loader, updater: updater,
            progress: preparation.progress, stop: stop, itemsInHand: processes * 2)
        try await stop.watch { try await run.finish() }
        preparation.progress.close()
        if let counts = updater?.counts { StandardError.write("\(counts)") }
        if stop.isMade { throw CommandError(description: "Stopped; --resume goes on from here.") }
    }

    private func updater(_ stores: Stores?, _ scorerName: String) throws -> RowUpdater? {
        guard update, let stores else { return nil }
        let ledger = RescoringLedger(timeZone: try calendar.zone(), now: Timestamp.now)
        return RowUpdater(documents: stores.documents, ledger: ledger, scorerName: scorerName)
    }

    private func poolRun(_ archive: Archive, _ stores: Stores, _ preparation: RunPreparation) throws -> PooledRun {
        PooledRun(
            archive: archive, stores: stores, preparation: preparation,
            factory: WorkerFactory(
                stores: stores, timeZone: try calendar.zone(), logger: log.logger(), enqueueingLevel: .debug),
            worksHere: store.data != nil, linesAJob: chunk, update: update, redoes: force || retry)
    }
}
