public import ArgumentParser
public import Logging

struct LogOptions: ParsableArguments {
    @Option(help: "What is logged to stderr: trace, debug, info, notice, warning, error or critical.")
    var logLevel: Logger.Level = .info

    func logger() -> Logger {
        var logger = Logger(label: "speaktracker") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = logLevel
        return logger
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
