/// One Unicode scalar of the text to say, and where in the request it was written.
struct ScriptScalar: Hashable, Sendable {
    var scalar: Unicode.Scalar
    /// UTF-8 offsets in the request; several bytes more than the scalar's own when it was written as an entity.
    var bytes: Range<Int>

    /// The scalars of a text.
    ///
    /// - Throws: ``SpeechError/unreadableCharacter(codePoint:byteOffset:)`` for control characters other than tab and
    ///   line ends, for noncharacters and private use, and for U+FFFD, which decoders leave where bytes were broken.
    static func all(of text: String) throws(SpeechError) -> [ScriptScalar] {
        var scalars: [ScriptScalar] = []
        scalars.reserveCapacity(text.utf8.count)
        var offset = 0
        for scalar in text.unicodeScalars {
            guard scalar.isReadable else {
                throw .unreadableCharacter(codePoint: scalar.value, byteOffset: offset)
            }
            let end = offset + scalar.utf8.count
            scalars.append(ScriptScalar(scalar: scalar, bytes: offset..<end))
            offset = end
        }
        return scalars
    }
}
