import Foundation
import Processes
import Synchronization

/// A worker process that was started, and what it reports.
///
/// It finds its settings as its standard input, our standard error as its own, and as descriptor
/// ``SupervisorLink/descriptor`` a socket that carries its reports to us and that ends when we do.
final class WorkerProcess: Sendable {
    let number: pid_t
    private let socket: FileDescriptor
    private let hasEnded = Mutex(false)

    init(_ command: WorkerCommand) throws(SystemError) {
        let settings = try FileDescriptor.unnamedFile("settings", holding: command.settings)
        let messages = try FileDescriptor.messages()
        number = try ProcessStart(
            command.program, name: command.name, command.arguments,
            environment: command.environment.map { "\($0)=\($1)" },
            descriptors: [settings.number, nil, STDERR_FILENO, messages.writing.number]
        ).start()
        socket = messages.keepingReading()
    }

    /// Calls back from a thread of its own: with each report, and at last with how the process ended.
    func watch(report: @escaping @Sendable (WorkerReport) -> Void, end: @escaping @Sendable (ProcessEnding) -> Void) {
        let thread = Thread { [self] in
            while let next = nextReport() { report(next) }
            end(waitForEnd())
        }
        thread.name = "worker \(number)"
        thread.start()
    }

    /// Sends a signal, unless the process has ended.
    func signal(_ signal: CInt) {
        hasEnded.withLock { hasEnded in
            if !hasEnded { kill(number, signal) }
        }
    }

    /// Waits for a report.
    ///
    /// - Returns: `nil` when the process has none any more.
    private func nextReport() -> WorkerReport? {
        var message = [UInt8](repeating: 0, count: WorkerReport.mostBytes)
        while true {
            let count = recv(socket.number, &message, message.count, 0)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return nil }
            // A process whose memory is damaged may say anything.
            if let report = WorkerReport(parsing: Array(message[..<count])) { return report }
        }
    }

    /// Its number is nobody else's until it was waited for, so what is sent meanwhile reaches nobody else.
    private func waitForEnd() -> ProcessEnding {
        var info = siginfo_t()
        while waitid(P_PID, id_t(number), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
        return hasEnded.withLock { hasEnded in
            hasEnded = true
            return ProcessEnding(waitingFor: number)
        }
    }
}
