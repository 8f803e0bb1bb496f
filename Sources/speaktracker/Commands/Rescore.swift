import ArgumentParser
import Foundation
import JSON
import Workers

struct Rescore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Score an archive of recordings.",
        discussion: """
            The source is a Kaldi data folder (wav.scp, text) or a manifest: CSV with the columns id, audio and text, or \
            JSON objects with these members, one a line. Audio paths are relative to the folder or to the manifest's.

            Writes one JSON object a line, flushed as it is finished, in no particular order. A recording that cannot be \
            scored has its line too, with an error. Exits with 0 when all have a line.
            """)

    @Argument(help: "A Kaldi data folder, or a manifest that ends in .csv or .jsonl.")
    var source: String

    @Option(name: [.customShort("o"), .long], help: .init("The results.", valueName: "file.jsonl"))
    var output: String

    @Option(help: "Scoring processes at a time; as many as there are processors, if left out.")
    var processes = ProcessInfo.processInfo.activeProcessorCount

    @OptionGroup var scorer: ScorerOptions

    @Flag(help: "Keep what the file has already, and score only the rest.")
    var resume = false

    @Flag(help: "Replace the file.")
    var force = false

    func validate() throws {
        guard 1...256 ~= processes else { throw ValidationError("--processes is \(processes); allowed is 1 to 256.") }
        guard !(resume && force) else { throw ValidationError("--resume keeps the file and --force replaces it.") }
        let path = output
        guard resume || force || !FileManager.default.fileExists(atPath: path) else {
            throw ValidationError("\(path) is there already: --resume goes on with it, --force replaces it.")
        }
    }

    func run() async throws {
        _ = try scorer.assessor()
        let source = try ArchiveSource(path: source)
        let results = try ResultsFile(path: output, keeps: resume)
        let items = source.items.filter { !results.finished.contains($0.id) }
        let progress = ArchiveProgress(total: source.items.count, done: source.items.count - items.count)
        let run = ArchiveRun(
            items: items, processCount: processes, weights: scorer.weights, results: results, progress: progress)
        try await run.finish()
        progress.close()
    }
}

/// One of the processes that ``Rescore`` starts: reads entries from standard input, a line each, and answers each with
/// its result's line.
struct RescoreWorker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "rescore-worker", shouldDisplay: false)

    @OptionGroup var scorer: ScorerOptions

    func run() async throws {
        let scorer = ArchiveScorer(assessor: try scorer.assessor())
        while let line = readLine(strippingNewline: true) {
            let result = await scorer.result(ofLine: line)
            try FileHandle.standardOutput.write(contentsOf: Data((result.text + "\n").utf8))
        }
    }
}
