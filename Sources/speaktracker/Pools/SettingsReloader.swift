import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the settings again at each SIGHUP.
struct SettingsReloader: Service, CustomStringConvertible {
    let description = "SettingsReloader"
    let path: String
    let logger: Logger
    let apply: @Sendable (SettingsFile) -> Void

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() { reload() }
    }

    /// Settings that cannot be used leave the former ones as they are.
    private func reload() {
        do {
            apply(try SettingsFile(path))
            logger.info("settings were read again")
        } catch {
            StandardError.write("speaktracker: \(error) The former settings stay.")
        }
    }
}
