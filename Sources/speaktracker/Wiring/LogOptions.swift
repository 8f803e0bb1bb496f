public import ArgumentParser
public import Logging
import Telemetry

/// What a command tells of its work on stderr.
struct LogOptions: ParsableArguments {
    @Option(help: "What is logged to stderr: trace, debug, info, notice, warning, error or critical.")
    var logLevel: Logger.Level = .info

    @Option(help: "How it is logged: text, or json with an object a line.")
    var logFormat: LogFormat = .text

    /// - Parameter service: Which part of the system speaks.
    func logger(service: String = "speaktracker") -> Logger {
        var logger = Logger(label: "speaktracker") { [logFormat] _ in
            LineLogHandler(service: service, format: logFormat)
        }
        logger.logLevel = logLevel
        return logger
    }

    /// Tells what must not go unheard, whatever level is logged.
    func announce(_ sentence: String, from logger: Logger) {
        switch logFormat {
        case .text: StandardError.write(sentence)
        case .json: logger.log(level: max(.notice, logger.logLevel), "\(sentence)")
        }
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
extension LogFormat: ExpressibleByArgument {}
