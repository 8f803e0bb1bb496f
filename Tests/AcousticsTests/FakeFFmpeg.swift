import Acoustics
import Foundation
import TestSupport
import Testing

/// A shell script in the place of `ffmpeg`, in a folder of its own.
///
/// It leaves its number in the file `pid`, and may keep the pipe `alive` open: that ends when nobody is left.
struct FakeFFmpeg {
    private let folder: URL
    let command: FFmpeg
    private let alive: FileHandle

    static func with(
        _ script: String, interpreter: String = "/bin/sh", timeLimitInSeconds: Int = 30,
        _ body: (FakeFFmpeg) throws -> Void
    ) throws {
        let fake = try FakeFFmpeg(script, interpreter, timeLimitInSeconds)
        defer { try? FileManager.default.removeItem(at: fake.folder) }  // Only the test's own litter would remain.
        try body(fake)
    }

    private init(_ script: String, _ interpreter: String, _ timeLimitInSeconds: Int) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ffmpeg-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let text = "#!\(interpreter)\necho $$ >'\(folder.path)/pid'\nexec 9>'\(folder.path)/alive'\n\(script)\n"
        try Self.write(text, to: folder.appending(path: "ffmpeg").path)
        mkfifo(folder.appending(path: "alive").path, 0o600)
        // Opened first and without waiting, so that the script need not wait for a reader.
        alive = FileHandle(
            fileDescriptor: open(folder.appending(path: "alive").path, O_RDONLY | O_NONBLOCK | O_CLOEXEC),
            closeOnDealloc: true)
        command = FFmpeg(searchPath: folder.path, timeLimitInSeconds: timeLimitInSeconds)
    }

    /// Writes a program, by way of another one.
    ///
    /// What this process has open for writing, its newest children have too for a moment, and nobody can run it.
    private static func write(_ text: String, to path: String) throws {
        let shell = try #require(Program("sh"))
        try shell.run(["-c", "printf %s \"$1\" >\"$2\" && chmod 755 \"$2\"", "sh", text, path])
    }

    /// Whether everything that the script has started ends before long.
    func everybodyIsGone() -> Bool {
        var pipe = pollfd(fd: alive.fileDescriptor, events: Int16(POLLIN), revents: 0)
        return poll(&pipe, 1, 10_000) == 1 && pipe.revents & Int16(POLLHUP) != 0
    }

    /// Whether the script has a place in the process table, be it as a zombie; `nil` if it was never started.
    var isInProcessTable: Bool? {
        FileManager.default.contents(atPath: folder.appending(path: "pid").path)
            .flatMap { pid_t(String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) }
            .map { kill($0, 0) == 0 }
    }
}
