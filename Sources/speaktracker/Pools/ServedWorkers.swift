import ArgumentParser
import Foundation
import Gateway
import Logging
import ServiceLifecycle

/// The worker processes of a server, which reach it as those of any other machine do.
struct ServedWorkers: ParsableArguments {
    @Option(help: "Worker processes to run beside the server; none if left out.")
    var workers = 0

    @Option(
        help: .init("How those workers work on kinds and queues, as docs/workers.md says.", valueName: "file.json"))
    var workerSettings: String?

    func validate() throws {
        guard 0...256 ~= workers else { throw ValidationError("--workers is \(workers); allowed is 0 to 256.") }
        if workers == 0, workerSettings != nil { throw ValidationError("--worker-settings is for --workers N.") }
    }

    /// - Parameter port: The server's, once it listens.
    func pool(
        host: String, keys: AccessKeys?, _ calendar: CalendarOptions, _ log: LogOptions, port: AsyncStream<Int>
    ) throws -> SupervisedPool? {
        guard workers > 0 else { return nil }
        let arguments = calendar.arguments + log.arguments
        return try SupervisedPool(
            processes: workers, settings: workerSettings, work: try WorkOptions.parse([]),
            logger: log.logger(service: "work")
        ) {
            // Nothing, where the server never listened.
            guard let port = await port.cancelOnGracefulShutdown().first(where: { _ in true }) else { return nil }
            let url = "http://\(Self.near(host)):\(port)"
            return .init(
                arguments: ["--endpoint", url] + arguments, environment: Self.environment(endpoint: url, keys: keys))
        }
    }

    /// How this machine reaches a server that listens on `host`.
    private static func near(_ host: String) -> String {
        switch host {
        case "0.0.0.0": "127.0.0.1"
        case "::": "[::1]"
        case _ where host.contains(":"): "[\(host)]"
        default: host
        }
    }

    /// A path at which no file can be.
    private static let noFile = "/dev/null/none"

    /// Ours, but for AWS: nothing that is said of another account or another place shall count.
    private static func environment(endpoint: String, keys: AccessKeys?) -> [String: String] {
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("AWS_") }
        environment["AWS_ENDPOINT_URL"] = endpoint
        environment["AWS_REGION"] = "us-east-1"
        environment["AWS_CONFIG_FILE"] = noFile
        environment["AWS_SHARED_CREDENTIALS_FILE"] = noFile
        if let pair = keys?.anyPair {
            environment["AWS_ACCESS_KEY_ID"] = pair.id
            environment["AWS_SECRET_ACCESS_KEY"] = pair.secret
        }
        return environment
    }
}
