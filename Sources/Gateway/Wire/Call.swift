import JSON
import Queueing

/// A call of an operation: its input, and whom and how it was called.
struct Call: Sendable {
    let input: JSONValue
    let queues: any QueueService
    /// What the caller reached us by, such as `http://localhost:4566`: URLs that we give must work for it too.
    let baseURL: String
    /// What the caller signed for.
    ///
    /// All regions are one store.
    let region: String

    static let account = "000000000000"

    /// - Throws: `MissingParameter` for one that is left out.
    func string(_ name: String) throws(AWSError) -> String {
        guard let value = input[name]?.string else { throw .missingParameter(name) }
        return value
    }

    /// A list of strings; none for one that is left out.
    func strings(_ name: String) -> [String] { input[name]?.array?.compactMap(\.string) ?? [] }

    /// A map of strings; none for one that is left out.
    func map(_ name: String) -> [String: String] { input[name]?.object?.compactMapValues(\.string) ?? [:] }
}
