import Foundation

/// Which process works on a job.
package struct WorkerIdentity: Hashable, Sendable {
    package let host: String
    package let processID: Int32

    package init(host: String, processID: Int32) {
        self.host = host
        self.processID = processID
    }

    package static let current = WorkerIdentity(
        host: ProcessInfo.processInfo.hostName, processID: ProcessInfo.processInfo.processIdentifier)
}
