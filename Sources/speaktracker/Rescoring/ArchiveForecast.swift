import Acoustics
import Archives
import Foundation
import Objects
import Pronunciation
import Reports
import Workers

/// Says what an archive holds, what is missing, and how long scoring it will take.
struct ArchiveForecast {
    let archive: Archive
    let assessor: ReadingAssessor
    /// What has a line already.
    let finished: FinishedResults
    /// Whether those that failed are scored again.
    let retry: Bool

    /// So many recordings are scored to learn how fast this machine is.
    private static let timedRecordings = 12

    func print(_ processes: Int) async throws {
        var census = ArchiveCensus()
        var missing: [String] = []
        var missingCount = 0
        var remaining = 0
        try await archive.forEach { item in
            census.add(item, in: finished)
            guard case .entry(let entry) = item else { return }
            if try await isThere(entry) {
                let state = finished.state(of: item)
                if state == .missing || retry && state != .finished { remaining += 1 }
            } else {
                missingCount += 1
                if missing.count < 10 { missing.append("\(entry.id): \(entry.audio)") }
            }
        }
        guard census.items > 0 else { throw CommandError(description: "The source holds no recordings.") }
        let recordings = census.items - census.problems - missingCount
        Swift.print("Recordings: \(recordings)" + (census.speakers > 0 ? ", by \(census.speakers) speakers" : ""))
        if finished.count > 0 { Swift.print("Still to be scored: \(remaining)") }
        list("Without a file", missingCount, missing)
        list("Without a recording or a text", census.problems, census.firstProblems)
        try await printTime(census.sample, of: remaining, processes)
    }

    private func list(_ what: String, _ count: Int, _ first: [String]) {
        guard count > 0 else { return }
        Swift.print("\(what): \(count)")
        for line in first { Swift.print("  \(Terminal.safe(line))") }
        if count > first.count { Swift.print("  … and \(count - first.count) more") }
    }

    private func isThere(_ entry: ArchiveEntry) async throws -> Bool {
        switch entry.place {
        case .file(let path): FileManager.default.fileExists(atPath: path)
        case .object(let key, let bucket): try await archive.stores?.objects.head(key, in: bucket) != nil
        }
    }

    private func printTime(_ sample: [ArchiveEntry], of recordings: Int, _ processes: Int) async throws {
        var lengths: [(entry: ArchiveEntry, seconds: Double)] = []
        for entry in sample {
            guard let bytes = try? await archive.loader.bytes(of: entry).get() else { continue }
            guard let waveform = try? AudioDecoder.decode(bytes) else { continue }  // Its own line will say why.
            let span = entry.spanInMilliseconds.map { Double($0.count) / 1000 }
            lengths.append((entry, min(waveform.durationInSeconds, span ?? .infinity)))
        }
        guard !lengths.isEmpty else { return Swift.print("Time: unknown; no recording could be read.") }
        let mean = lengths.reduce(0) { $0 + $1.seconds } / Double(lengths.count)
        let total = mean * Double(recordings)
        let cost = try await secondsOfWork(lengths)
        Swift.print("Audio: about \(ArchiveProgress.time(total)), from \(lengths.count) recordings")
        Swift.print(
            "Time: about \(ArchiveProgress.time(total * cost / Double(processes))) in \(processes) processes, at "
                + "\((1 / cost).plain(decimals: 0)) × the recordings' own speed in each")
    }

    /// Seconds of work a second of audio, measured.
    private func secondsOfWork(_ lengths: [(entry: ArchiveEntry, seconds: Double)]) async throws -> Double {
        let step = max(1, lengths.count / Self.timedRecordings)
        let scorer = ArchiveScorer(assessor: assessor)
        var audio = 0.0
        let clock = ContinuousClock()
        var work = Duration.zero
        for index in stride(from: 0, to: lengths.count, by: step) {
            let (entry, seconds) = lengths[index]
            work += try await clock.measure {
                _ = await scorer.score(entry, audio: try await archive.loader.bytes(of: entry))
            }
            audio += seconds
        }
        return max(1e-6, work / .seconds(1)) / max(1e-3, audio)
    }
}
