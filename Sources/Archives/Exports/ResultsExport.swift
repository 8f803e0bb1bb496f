import Foundation
import Reports

/// Writes what researchers and teachers read of a file of results, in one pass.
package struct ResultsExport {
    /// A file for all recordings.
    package var csv: String?
    package var ctm: String?
    /// Folders with a file a recording.
    package var textGrids: String?
    package var captions: String?
    package var labels: String?

    package init() {}

    package var isEmpty: Bool { [csv, ctm, textGrids, captions, labels].allSatisfy { $0 == nil } }

    /// Makes the folders, and finds out whether files can be written in them.
    ///
    /// - Throws: ``ArchiveError`` for the first that cannot.
    package func check() throws(ArchiveError) {
        for path in [csv, ctm].compactMap(\.self) { _ = try ExportFile(path) }
        for folder in [textGrids, captions, labels].compactMap(\.self) {
            try Self.make(folder)
            _ = try ExportFile(folder + "/.check")
        }
    }

    /// - Throws: ``ArchiveError`` for results that cannot be read, and for what cannot be written.
    package func write(resultsAt path: String) throws {
        guard !isEmpty else { return }
        let table = try csv.map { try ExportFile($0) }
        let words = try ctm.map { try ExportFile($0) }
        for folder in [textGrids, captions, labels].compactMap(\.self) { try Self.make(folder) }
        // NIST's tools want recordings in order; results come in none.
        var lines: [(recording: String, text: String)] = []
        try table?.write(ResultsTable.header)
        try ArchiveResult.forEach(in: path) { result in
            try table?.write(ResultsTable.line(result))
            if words != nil {
                lines.append((ConversationTimeMarked.recording(result.id), ConversationTimeMarked.lines(result)))
            }
            try write(Self.textGrid(result), of: result, to: textGrids, ending: ".TextGrid")
            try write(WebVideoText.text(result), of: result, to: captions, ending: ".vtt")
            try write(AudacityLabels.text(result), of: result, to: labels, ending: ".txt")
        }
        try table?.close()
        for line in lines.sorted(by: { $0.recording < $1.recording }) { try words?.write(line.text) }
        try words?.close()
    }

    private static func textGrid(_ result: ArchiveResult) -> String? {
        guard let assessment = result.assessment, result.durationInMilliseconds > 0 else { return nil }
        return PraatTextGrid(assessment, durationInMilliseconds: result.durationInMilliseconds).text
    }

    private func write(_ text: String?, of result: ArchiveResult, to folder: String?, ending: String) throws {
        guard let folder, let text else { return }
        let file = try ExportFile("\(folder)/\(ExportName.file(result.id, ending: ending))")
        try file.write(text)
        try file.close()
    }

    private static func make(_ folder: String) throws(ArchiveError) {
        do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
            throw ArchiveError("The folder \(folder) cannot be made: \(error.localizedDescription)")
        }
    }
}
