import Foundation

/// Hours of audio an hour, and what the machinery of an archive adds to bare scoring; and memory from a hundred recordings
/// to a hundred thousand.
///
/// The subjects take turns, so that a drift of the machine's speed hits all.
enum ArchiveBenchmark {
    static func run(quickly: Bool) async throws {
        try await withTemporaryFolder { folder in
            print("Machine: \(Machine.description). Median (minimum–maximum) of the runs.\n")
            let archive = try await SpokenArchive(in: folder, PracticeSentences.make(quickly ? 12 : 200))
            try measureSpeed(archive, lines: quickly ? 24 : 1000, runs: quickly ? 1 : 3, folder)
        }
    }

    static func runMemory(quickly: Bool) async throws {
        try await withTemporaryFolder { folder in
            print("Machine: \(Machine.description).\n")
            let archive = try await SpokenArchive(in: folder, ["Good morning."])
            try measureMemory(archive, quickly ? [10, 100] : [100, 1000, 10_000, 100_000], folder)
        }
    }

    private static func measureSpeed(_ archive: SpokenArchive, lines: Int, runs: Int, _ folder: String) throws {
        let (manifest, seconds) = try archive.manifest(lines: lines)
        var results: [ArchiveSubject: [MeasuredProcess]] = [:]
        for run in 1...runs {
            for subject in ArchiveSubject.allCases {
                guard let result = try subject.run(manifest, in: folder) else {
                    progress("\(subject.name): not installed; Benchmarks/scoring installs it")
                    continue
                }
                progress("run \(run), \(subject.name): \(grouped(result.wallSeconds, 1)) s")
                results[subject, default: []].append(result)
            }
        }
        var table = MarkdownTable(
            "\(lines) recordings, \(grouped(seconds / 3600, 2)) h", "hours of audio an hour",
            "CPU ms a second of audio", "CPU beside scoring alone", "speed beside one process")
        for subject in ArchiveSubject.allCases {
            guard let own = results[subject], let bare = results[.bare], let one = results[.oneProcess] else {
                continue
            }
            table.append(
                subject.name, Sample(own.map { seconds / $0.wallSeconds }).text(),
                Sample(own.map { 1000 * $0.processorSeconds / seconds }).text(decimals: 1),
                Sample(zip(own, bare).map { $0.processorSeconds / $1.processorSeconds }).text(decimals: 2),
                Sample(zip(own, one).map { $1.wallSeconds / $0.wallSeconds }).text(decimals: 2))
        }
        print(table.text, "")
    }

    private static func measureMemory(_ archive: SpokenArchive, _ sizes: [Int], _ folder: String) throws {
        var table = MarkdownTable("recordings", "peak of all processes, MiB", "hours of audio an hour")
        for size in sizes {
            let (manifest, seconds) = try archive.manifest(lines: size)
            let result = try ArchiveSubject.rescore(manifest, "\(folder)/results.jsonl", processes: 2)
            progress("\(size) recordings: \(grouped(result.peakMiB)) MiB")
            table.append(grouped(Double(size)), grouped(result.peakMiB), grouped(seconds / result.wallSeconds))
        }
        print(table.text)
    }
}
