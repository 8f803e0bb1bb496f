import Logging
import Telemetry

/// Options as they are said on the command line of another process.
extension StoreOptions {
    var arguments: [String] { endpoint.map { ["--endpoint", $0] } ?? [] }
}

extension CalendarOptions {
    var arguments: [String] { timeZone.map { ["--time-zone", $0] } ?? [] }
}

extension LogOptions {
    var arguments: [String] { ["--log-level", logLevel.rawValue, "--log-format", logFormat.rawValue] }
}
