import Archives
import ArgumentParser

/// What is written of results for other programs.
struct ExportOptions: ParsableArguments {
    @Option(help: .init("Export a table, one line a recording.", valueName: "file"))
    var csv: String?

    @Option(help: .init("Export words and times as NIST's tools read them.", valueName: "file"))
    var ctm: String?

    @Option(help: .init("Export words and phones for Praat, one TextGrid a recording.", valueName: "folder"))
    var textgrids: String?

    @Option(help: .init("Export words as captions, one WebVTT file a recording.", valueName: "folder"))
    var webvtt: String?

    @Option(help: .init("Export words as Audacity's labels, one file a recording.", valueName: "folder"))
    var audacity: String?

    private var export: ResultsExport {
        var export = ResultsExport()
        (export.csv, export.ctm, export.textGrids) = (csv, ctm, textgrids)
        (export.captions, export.labels) = (webvtt, audacity)
        return export
    }

    var isEmpty: Bool { export.isEmpty }

    /// Finds out, in front of hours of work, whether all can be written.
    ///
    /// - Throws: ``CommandError`` for labels that would be the texts of the source's recordings; `ArchiveError` for what
    ///   cannot be written.
    func check(besides source: SourceName) throws {
        if case .folder(let path) = source { try WrittenFiles([audacity]).refuse(path) }
        try export.check()
    }

    func write(resultsAt path: String) throws { try export.write(resultsAt: path) }
}
