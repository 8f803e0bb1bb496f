import Foundation
import Hummingbird
import NIOCore

/// A port cannot be listened on.
package struct ListeningError: Error, CustomStringConvertible {
    package let description: String

    /// - Parameter error: What binding to the address has thrown.
    init(host: String, port: Int, _ error: IOError) {
        let reason = String(cString: strerror(error.errnoCode)).lowercased()
        description = "Port \(port) of \(host) cannot be listened on: \(reason)."
    }
}

extension Application {
    /// Runs, and tells an address that cannot be had from what goes wrong later.
    func run(listeningOn host: String, port: Int) async throws {
        do { try await run() } catch let error as IOError where Self.ofListening.contains(error.errnoCode) {
            throw ListeningError(host: host, port: port, error)
        }
    }

    private static var ofListening: Set<CInt> { [EADDRINUSE, EADDRNOTAVAIL, EACCES] }
}
