package import JSON

/// What one kind of job needs to know, under the names of the row attributes it becomes.
///
/// The fields are declared once, in ``fields``: the check of a document and its JSON Schema both come from them.
package protocol JobPayload: Hashable, Sendable {
    static var kind: JobKind { get }

    /// What the job does, in a sentence.
    static var summary: String { get }

    static var fields: [PayloadField] { get }

    /// - Parameter values: Values that have passed the check against ``fields``.
    init(_ values: PayloadValues)

    /// The fields that have a value.
    var values: [String: JSONValue?] { get }
}

extension JobPayload {
    package var json: JSONValue { .object(values.compactMapValues { $0 }) }
}
