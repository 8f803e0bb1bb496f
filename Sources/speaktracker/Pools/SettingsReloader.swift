import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the settings again at each SIGHUP, which by itself would end the program.
struct SettingsReloader: Service, CustomStringConvertible {
    let description = "SettingsReloader"
    /// `nil` where there are none to read.
    let path: String?
    let logger: Logger
    let apply: @Sendable (SettingsFile) throws -> Void

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() { reload() }
    }

    /// Settings that cannot be used leave the former ones as they are.
    private func reload() {
        guard let path else {
            logger.notice("SIGHUP changes nothing: no settings were given")
            return
        }
        do {
            try apply(try SettingsFile(path))
            logger.info("settings were read again")
        } catch {
            StandardError.write("speaktracker: \(error) The former settings stay.")
        }
    }
}
