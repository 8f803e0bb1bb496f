import Foundation
import Testing

/// What the suites of this target run on.
///
/// Each suite is written once: `@Test(arguments: Backend.available)`, or `Backend.that(…)` for what AWS has no way to do.
enum Backend: String, CaseIterable, Sendable, CustomTestStringConvertible {
    /// In this process.
    case embedded
    /// AWS's protocols over a socket, to our own server in this process.
    case served
    /// AWS's protocols over a socket, to moto_server in a process of its own.
    case moto

    /// The backends that this machine can reach now.
    ///
    /// An absent one is left out, so it never counts as passed.
    static var available: [Backend] { allCases.filter { $0 != .moto || MotoServer.isInstalled } }

    /// Those that can do all of this.
    static func that(_ abilities: Ability...) -> [Backend] {
        available.filter { backend in abilities.allSatisfy { !backend.lacks.contains($0) } }
    }

    var testDescription: String { rawValue }

    /// Fresh, empty stores.
    ///
    /// Keep the harness as long as they are used.
    func make() async throws -> Harness {
        switch self {
        case .embedded: try Harness.embedded()
        case .served: try await Harness.served()
        case .moto: try await Harness.moto()
        }
    }
}
