import Acoustics
import Foundation

/// Seconds of audio a processor second: our handler, encoding and storing included, beside what somebody would write
/// with libespeak-ng and libsndfile alone.
///
/// All run in processes of their own, in turn, so that none warms another's caches and a drift of the machine's speed
/// hits all. The first sentences are not counted: a new store makes its folders then.
enum SynthesisBenchmark {
    static func run(quickly: Bool) async throws {
        // One folder for all runs: ext4 is slow to give out the inodes of files that were removed seconds ago.
        try await withTemporaryFolder { try run(quickly: quickly, in: $0) }
    }

    private static func run(quickly: Bool, in folder: String) throws {
        print("Machine: \(Machine.description). Median (minimum–maximum) of the runs.\n")
        let count = quickly ? 100 : 1000
        var rates: [SynthesisSubject: [Double]] = [:]
        for run in 1...(quickly ? 1 : 3) {
            for subject in SynthesisSubject.all {
                let rate = try measureInChild(subject, count, in: "\(folder)/\(subject.name)-\(run)")
                progress("run \(run), \(subject.name): \(grouped(rate)) s of audio a CPU second")
                rates[subject, default: []].append(rate)
            }
        }
        printTables { rates[$0] ?? [] }
    }

    private static func printTables(_ rates: (SynthesisSubject) -> [Double]) {
        var peers = MarkdownTable("s of audio a CPU s", "espeak-ng and encoder", "these and a plain file", "handler")
        var ratios = MarkdownTable(
            "the handler beside", "espeak-ng, plain voice", "espeak-ng, our voice", "it and encoder",
            "these and a plain file")
        for format in AudioFormat.allCases {
            let handler = rates(.handler(format))
            func percent(of peer: SynthesisSubject) -> String {
                Sample(zip(handler, rates(peer)).map { 100 * $0 / $1 }).text() + " %"
            }
            peers.append(
                format.rawValue, Sample(rates(.encoded(format))).text(), Sample(rates(.written(format))).text(),
                Sample(handler).text())
            ratios.append(
                format.rawValue, percent(of: .bare(.plain)), percent(of: .bare(.ours)), percent(of: .encoded(format)),
                percent(of: .written(format)))
        }
        print(
            "espeak-ng alone, its samples thrown away: \(Sample(rates(.bare(.plain))).text()) s of audio a CPU second",
            "with its plain voice, \(Sample(rates(.bare(.ours))).text()) with ours.\n")
        print(peers.text, ratios.text, separator: "\n\n")
    }

    /// Runs one subject in a child process, which prints its rate.
    private static func measureInChild(_ subject: SynthesisSubject, _ count: Int, in folder: String) throws -> Double {
        let child = Process()
        child.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = ["synthesis-child", subject.name, String(count), folder]
        let output = Pipe()
        child.standardOutput = output
        try child.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        child.waitUntilExit()
        guard let rate = Double(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw BenchmarkError("\(subject.name) printed no rate but \(text)")
        }
        return rate
    }

    private static let uncounted = 300

    /// What a child process does.
    static func runChild(_ name: String, count: Int, in folder: String) async throws {
        let all = PracticeSentences.make(count + uncounted)
        let (first, sentences) = (Array(all.prefix(uncounted)), Array(all.dropFirst(uncounted)))
        switch SynthesisSubject(name: name) {
        case .bare(let voice): print(try BareLoop.rate(sentences, voice: voice))
        case .encoded(let format): print(try EncodingLoop.rate(sentences, as: format, folder: nil))
        case .written(let format):
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            print(try EncodingLoop.rate(sentences, as: format, folder: folder))
        case .handler(let format): print(try await HandlerLoop.rate(sentences, after: first, as: format, in: folder))
        case nil: throw BenchmarkError("no subject \(name)")
        }
    }
}
