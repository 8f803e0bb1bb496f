/// An object that shall be put.
package struct NewObject: Hashable, Sendable {
    package var key: String
    package var bytes: [UInt8]
    package var contentType: String
    package var metadata: [String: String]

    package init(key: String, bytes: [UInt8], contentType: String, metadata: [String: String] = [:]) {
        self.key = key
        self.bytes = bytes
        self.contentType = contentType
        self.metadata = metadata
    }
}
