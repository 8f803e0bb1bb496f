import Acoustics
import Foundation

/// Seconds of audio a processor second: our handler, encoding and storing included, beside a bare libespeak-ng loop.
///
/// Both run in processes of their own, in turn, so that neither warms the other's caches and a drift of the machine's
/// speed hits both. The first sentences are not counted: a new store makes its folders then.
enum SynthesisBenchmark {
    static func run(quickly: Bool) async throws {
        // One folder for all runs: ext4 is slow to give out the inodes of files that were removed seconds ago.
        try await withTemporaryFolder { try run(quickly: quickly, in: $0) }
    }

    private static func run(quickly: Bool, in folder: String) throws {
        print("Machine: \(Machine.description). Median (minimum–maximum) of the runs.\n")
        let count = quickly ? 100 : 1000
        var rates: [String: [Double]] = [:]
        let subjects = ["bare"] + AudioFormat.allCases.map(\.rawValue)
        for run in 1...(quickly ? 1 : 3) {
            for subject in subjects {
                let rate = try measureInChild(subject, count, in: "\(folder)/\(subject)-\(run)")
                progress("run \(run), \(subject): \(grouped(rate)) s of audio a CPU second")
                rates[subject, default: []].append(rate)
            }
        }
        printTable(subjects.map { ($0, rates[$0] ?? []) })
    }

    private static func printTable(_ results: [(subject: String, rates: [Double])]) {
        var table = MarkdownTable("what", "s of audio a CPU s", "beside the bare loop")
        let bare = results[0].rates
        for (subject, rates) in results {
            let ratios = zip(rates, bare).map { 100 * $0 / $1 }
            table.append(
                subject == "bare" ? "bare libespeak-ng loop, samples thrown away" : "handler, \(subject)",
                Sample(rates).text(), Sample(ratios).text() + " %")
        }
        print(table.text)
    }

    /// Runs one subject in a child process, which prints its rate.
    private static func measureInChild(_ subject: String, _ count: Int, in folder: String) throws -> Double {
        let child = Process()
        child.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = ["synthesis-child", subject, String(count), folder]
        let output = Pipe()
        child.standardOutput = output
        try child.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        child.waitUntilExit()
        guard let rate = Double(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw BenchmarkError("\(subject) printed no rate but \(text)")
        }
        return rate
    }

    private static let uncounted = 300

    /// What a child process does.
    static func runChild(_ subject: String, count: Int, in folder: String) async throws {
        let all = PracticeSentences.make(count + uncounted)
        let (first, sentences) = (Array(all.prefix(uncounted)), Array(all.dropFirst(uncounted)))
        guard subject != "bare" else { return print(try BareLoop.rate(sentences)) }
        guard let format = AudioFormat(rawValue: subject) else { throw BenchmarkError("no format \(subject)") }
        print(try await HandlerLoop.rate(sentences, after: first, as: format, in: folder))
    }
}
