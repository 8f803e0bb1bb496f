/// A value sent beside the body, such as `trace: (String, "1-abc")`.
package struct MessageAttribute: Hashable, Sendable {
    /// `String`, `Number` or `Binary`, with an optional label of the sender's: `Number.float`.
    package let dataType: String
    /// UTF-8 for strings and numbers.
    package let value: [UInt8]

    package init(dataType: String, value: [UInt8]) {
        self.dataType = dataType
        self.value = value
    }

    package static func string(_ text: String) -> MessageAttribute {
        MessageAttribute(dataType: "String", value: Array(text.utf8))
    }
}
