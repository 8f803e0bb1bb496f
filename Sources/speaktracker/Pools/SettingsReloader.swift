import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the settings again at each SIGHUP, which would end the process otherwise.
struct SettingsReloader: Service, CustomStringConvertible {
    let description = "SettingsReloader"
    /// `nil` where everything is as usual.
    let path: String?
    let logger: Logger
    let apply: @Sendable (SettingsFile) -> Void

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() { reload() }
    }

    /// Settings that cannot be used leave the former ones as they are.
    private func reload() {
        guard let path else { return logger.notice("there is no settings file to read again: say --settings FILE") }
        do {
            apply(try SettingsFile(path))
            logger.info("settings were read again")
        } catch {
            StandardError.write("speaktracker: \(error) The former settings stay.")
        }
    }
}
