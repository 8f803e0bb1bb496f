import Foundation

/// What scores, or aligns, an archive.
enum ArchiveSubject: Hashable, CaseIterable {
    /// One scoring process, fed from a file: what the machinery around it adds is measured against this.
    case bare
    case oneProcess
    case twoProcesses
    /// PyPI's pocketsphinx in a pool of two processes.
    case pocketsphinx

    var name: String {
        switch self {
        case .bare: "scoring alone, one process"
        case .oneProcess: "rescore, one process"
        case .twoProcesses: "rescore, two processes"
        case .pocketsphinx: "pocketsphinx `align`, two processes"
        }
    }

    /// `nil` where its peer is not installed.
    func run(_ manifest: String, in folder: String) throws -> MeasuredProcess? {
        let output = "\(folder)/results.jsonl"
        switch self {
        case .bare: return try MeasuredProcess(Self.program, ["rescore-worker"], input: manifest, output: output)
        case .oneProcess: return try Self.rescore(manifest, output, processes: 1)
        case .twoProcesses: return try Self.rescore(manifest, output, processes: 2)
        case .pocketsphinx:
            guard (try? MeasuredProcess(Self.python, ["-c", "import pocketsphinx"])) != nil else { return nil }
            return try MeasuredProcess(
                Self.python, ["Benchmarks/Archive/pocketsphinx_pool.py", manifest, output, "2"])
        }
    }

    static func rescore(_ manifest: String, _ output: String, processes: Int) throws -> MeasuredProcess {
        try MeasuredProcess(
            program, ["rescore", manifest, "--output", output, "--force", "--processes", "\(processes)"])
    }

    /// What `Benchmarks/scoring` installs.
    private static let python = ".venv-benchmarks/bin/python"

    static let program =
        Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "speaktracker").path ?? ""
}
