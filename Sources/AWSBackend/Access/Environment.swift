import Foundation

/// The environment's variables; an empty one is as good as none.
package struct Environment: Sendable {
    private let variables: [String: String]

    package init(_ variables: [String: String]) { self.variables = variables }

    /// This process's.
    package static var process: Environment { Environment(ProcessInfo.processInfo.environment) }

    package subscript(name: String) -> String? {
        guard let value = variables[name], !value.isEmpty else { return nil }
        return value
    }

    /// The path that a variable names, or one in the home folder.
    func path(_ name: String, orInHome relative: String) -> String {
        self[name].map { ($0 as NSString).expandingTildeInPath }
            ?? (self["HOME"] ?? NSHomeDirectory()) + "/" + relative
    }
}
