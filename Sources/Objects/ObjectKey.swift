/// An object's key: any text of 1 to 1,024 bytes of UTF-8 without a NUL.
///
/// A key is a name, never a path: `../a`, `/` and `a//b` are keys like any other. Two keys are the same when their bytes
/// are, so a composed and a decomposed `é` name two objects, as in S3; Swift's own `String` would call them equal.
///
/// Source: Amazon S3 User Guide, "Naming Amazon S3 objects". S3 takes a NUL; nothing of ours needs one.
package struct ObjectKey: Sendable {
    package static let maximumBytes = 1024

    package let text: String

    /// - Throws: ``ObjectError/badKey(_:reason:)``.
    package init(_ text: String) throws(ObjectError) {
        guard !text.isEmpty else { throw .badKey(text, reason: "it is empty.") }
        guard text.utf8.count <= Self.maximumBytes else {
            throw .badKey(text, reason: "it has \(text.utf8.count) bytes where \(Self.maximumBytes) are allowed.")
        }
        guard !text.utf8.contains(0) else { throw .badKey(text, reason: "it contains a NUL character.") }
        self.text = text
    }

    package var utf8: String.UTF8View { text.utf8 }
}

extension ObjectKey: Comparable {
    package static func == (left: ObjectKey, right: ObjectKey) -> Bool { left.utf8.elementsEqual(right.utf8) }

    package static func < (left: ObjectKey, right: ObjectKey) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

extension ObjectKey: Hashable {
    package func hash(into hasher: inout Hasher) {
        for byte in utf8 { hasher.combine(byte) }
        hasher.combine(UInt8.max)  // Never in UTF-8, so it marks the end.
    }
}
