/// Why a message body is not a job.
///
/// Sending it again cannot help.
package struct JobDocumentError: Error, Hashable, CustomStringConvertible {
    /// The job's id, where it could be read.
    package let jobID: String?
    package let kind: JobKind?
    package let problems: [String]

    package var description: String { "Not a valid job document: \(problems.joined(separator: "; "))." }
}
