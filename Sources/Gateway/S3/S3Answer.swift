import HTTPTypes
import Objects
import XML

/// An answer of S3's before it is sent.
struct S3Answer: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        /// A part of an object, read while it is sent.
        case object(any OpenObject, Range<Int>)
        /// Only the length of what a GET would send.
        case length(Int)
    }

    var status: HTTPResponse.Status = .ok
    var headers: HTTPFields = [:]
    var body = Body.bytes([])

    static func xml(_ root: String, _ content: (inout XMLWriter) -> Void) -> S3Answer {
        var writer = XMLWriter()
        writer.root(root, content)
        return document(writer.text)
    }

    static func document(_ text: String, type: String = "application/xml") -> S3Answer {
        S3Answer(headers: [.contentType: type], body: .bytes(Array(text.utf8)))
    }

    static let nothing = S3Answer(status: .noContent)
}
