package struct StoredObject: Hashable, Sendable {
    package let info: ObjectInfo
    /// The whole body, or the range that was asked for.
    package let body: [UInt8]

    package init(info: ObjectInfo, body: [UInt8]) {
        self.info = info
        self.body = body
    }
}
