import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import SpeakModel
import Testing

/// A moto_server with clocks that tests turn, in a process of its own for all the suites.
///
/// It ends with this process, by the end of its input.
final class MotoServer: Sendable {
    let url: String
    private let process: Process

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let python = root.appending(path: ".venv/bin/python").path

    /// Whether `scripts/test` has set up what it needs.
    static let isInstalled = FileManager.default.isExecutableFile(
        atPath: root.appending(path: ".venv/bin/moto_server").path)

    static var shared: MotoServer {
        get async throws { try await starting.value }
    }

    private static let starting = Task { try await MotoServer() }

    private init() async throws {
        process = Process()
        process.executableURL = URL(filePath: Self.python)
        process.arguments = [Self.root.appending(path: "Tests/Clients/moto_with_clocks.py").path]
        process.standardInput = Pipe()
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        url = try #require(await Self.firstLine(output.fileHandleForReading), "moto_server ended before it listened")
    }

    /// Read on a thread of its own: tests go on meanwhile.
    private static func firstLine(_ file: FileHandle) async -> String? {
        await withCheckedContinuation { continuation in
            Thread {
                var text = ""
                while !text.hasSuffix("\n") {
                    let data = file.availableData
                    if data.isEmpty { return continuation.resume(returning: nil) }
                    text += String(decoding: data, as: UTF8.self)
                }
                continuation.resume(returning: String(text.dropLast()))
            }.start()
        }
    }

    func turnClock(of region: String, by duration: Duration) async throws {
        var request = HTTPClientRequest(url: url + "/-/clock")
        request.method = .POST
        request.body = .bytes(
            ByteBuffer(string: #"{"region": "\#(region)", "milliseconds": \#(duration.wholeMilliseconds)}"#))
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        #expect(answer.status == .noContent)
    }
}
