import Foundation

/// The `ffmpeg` command, which reads what libsndfile cannot; it need not be installed.
package struct FFmpeg: Sendable {
    /// Folders as in `PATH`, with colons between them.
    package var searchPath: String
    /// How long one file may take, on the wall and on the processor.
    package var timeLimitInSeconds: Int

    package init(searchPath: String = Self.environmentPath, timeLimitInSeconds: Int = 30) {
        self.searchPath = searchPath
        self.timeLimitInSeconds = timeLimitInSeconds
    }

    /// `PATH`, or nothing.
    package static var environmentPath: String { getenv("PATH").map { String(cString: $0) } ?? "" }

    /// Where the command is, or `nil` if it is not installed.
    ///
    /// Looked for each time, so that installing it needs no restart. Folders named relative to the current one are
    /// passed over: whatever lies there was not installed.
    package var executable: String? {
        searchPath.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/ffmpeg" }
            .first { access($0, X_OK) == 0 && !isFolder($0) }
    }

    private func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
