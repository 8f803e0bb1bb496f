/// Why a settings document cannot be used.
package struct SettingsError: Error, Hashable, CustomStringConvertible {
    /// Where in the document, such as `kinds.pronunciation.score.attempts`; empty for the document itself.
    package let path: String
    /// What is wrong there, to end the sentence «path …».
    package let problem: String

    package init(path: String, problem: String) {
        self.path = path
        self.problem = problem
    }

    package var description: String { "The worker settings cannot be used: \(path) \(problem)." }
}
