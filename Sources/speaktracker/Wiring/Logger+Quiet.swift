import Logging

extension Logger {
    /// For a service group, which tells of every step of its own; only its trouble is worth a line.
    var quiet: Logger {
        var logger = self
        logger.logLevel = max(.warning, logger.logLevel)
        return logger
    }
}
