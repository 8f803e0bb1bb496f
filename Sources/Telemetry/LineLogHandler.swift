import Foundation
package import Logging

/// Writes each event of a log as one line to stderr.
package struct LineLogHandler: LogHandler {
    package var logLevel = Logger.Level.info
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let service: String
    private let format: LogFormat
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - service: Which part of the system writes, such as `serve`.
    ///   - write: Takes a line with its end.
    package init(
        service: String, format: LogFormat, write: @escaping @Sendable (String) -> Void = Self.standardError
    ) {
        self.service = service
        self.format = format
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        if let error = event.error { all["error"] = "\(error)" }
        let line = LogLine(
            time: Date.now.formatted(Self.time), level: event.level.rawValue, message: "\(event.message)",
            service: service, fields: all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") })
        write(line.written(as: format) + "\n")
    }

    private static let time = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// One call of the system a line, so that lines of several threads do not mix.
    ///
    /// A line that cannot be written, on a disk that is full, is lost: work goes on.
    package static func standardError(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }
}
