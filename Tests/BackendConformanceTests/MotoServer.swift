import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Processes
import SpeakModel
import Testing

/// A moto_server with clocks that tests turn, in a process of its own for all the suites.
///
/// It ends with this process, by the end of its input.
final class MotoServer: Sendable {
    let url: String
    private let input: Processes.FileDescriptor

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
        let input = try Processes.FileDescriptor.pipe()
        let output = try Processes.FileDescriptor.pipe()
        _ = try ProcessStart(
            Self.python, [Self.root.appending(path: "Tests/Clients/moto_with_clocks.py").path],
            environment: ProcessInfo.processInfo.environment.map { "\($0)=\($1)" },
            descriptors: [input.reading.number, output.writing.number, nil]
        ).start()
        self.input = input.keepingWriting()
        url = try #require(await Self.firstLine(output.keepingReading()), "moto_server ended before it listened")
    }

    /// Read on a thread of its own: tests go on meanwhile.
    private static func firstLine(_ file: consuming Processes.FileDescriptor) async -> String? {
        let file = Owned(file)
        return await withCheckedContinuation { continuation in
            Thread {
                var text: [UInt8] = []
                while text.last != UInt8(ascii: "\n") {
                    guard let more = try? file.descriptor.read(), !more.isEmpty else {
                        return continuation.resume(returning: nil)
                    }
                    text += more
                }
                continuation.resume(returning: String(decoding: text.dropLast(), as: UTF8.self))
            }.start()
        }
    }

    private final class Owned: Sendable {
        let descriptor: Processes.FileDescriptor

        init(_ descriptor: consuming Processes.FileDescriptor) { self.descriptor = descriptor }
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
