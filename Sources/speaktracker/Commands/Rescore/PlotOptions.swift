import Acoustics
import Archives
import ArgumentParser
import Foundation
import Reports
import Workers

/// Pictures of picked recordings, as `score --plot` draws them.
struct PlotOptions: ParsableArguments {
    @Option(help: .init("Draw the recordings that --pick names, one SVG each.", valueName: "folder"))
    var plots: String?

    @Option(name: .customLong("pick"), help: .init("A recording to draw; say it again for others.", valueName: "id"))
    var ids: [String] = []

    func validate() throws {
        guard (plots == nil) == ids.isEmpty else {
            throw ValidationError("--plots FOLDER says where to draw, --pick ID what: say both.")
        }
    }

    /// Makes the folder.
    func folder() throws -> URL? {
        guard let plots else { return nil }
        do { try FileManager.default.createDirectory(atPath: plots, withIntermediateDirectories: true) } catch {
            throw CommandError(description: "The folder \(plots) cannot be made: \(error.localizedDescription)")
        }
        return URL(filePath: plots)
    }

    /// - Throws: ``CommandError`` for an id that the archive has not; what cannot be drawn is told on stderr.
    func draw(_ archive: Archive, assessor: @autoclosure () throws -> ReadingAssessor) async throws {
        guard let folder = try folder() else { return }
        let assessor = try assessor()
        var wanted = Set(ids)
        try await archive.forEach { item in
            guard wanted.remove(item.id) != nil else { return }
            do { try await Self.draw(item, of: archive, in: folder, by: assessor) } catch let error as CommandError {
                throw error
            } catch { StandardError.write(Terminal.safe("\(item.id) is not drawn: \(Self.reason(error))")) }
        }
        if let id = wanted.min() { throw CommandError(description: "The archive has no recording \(id) to draw.") }
    }

    private static func draw(
        _ item: ArchiveItem, of archive: Archive, in folder: URL, by assessor: ReadingAssessor
    ) async throws {
        switch item {
        case .problem(_, let reason): throw ArchiveError(reason)
        case .entry(let entry):
            let svg = try await picture(of: entry, in: archive, by: assessor)
            let file = folder.appending(path: ExportName.file(entry.id, ending: ".svg"))
            try OutputFile.write(svg, to: file.path(percentEncoded: false))
        }
    }

    private static func picture(
        of entry: ArchiveEntry, in archive: Archive, by assessor: ReadingAssessor
    ) async throws -> String {
        let recording = try Recording(
            decoding: try await archive.loader.bytes(of: entry).get(), spanInMilliseconds: entry.spanInMilliseconds)
        let reading = try await assessor.read(recording, of: entry.text)
        return try ScorePlot(reading, waveform: recording.waveform).svg
    }

    private static func reason(_ error: any Error) -> String {
        (error as? ArchiveError)?.description ?? JobFailure(classifying: error).reason
    }
}
