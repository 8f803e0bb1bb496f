/// A stretch of frames in which one sound was said, or silence.
package struct PhoneSegment: Hashable, Sendable {
    /// Which word of the sentence it belongs to; `nil` for silence and noise.
    package var word: Int?
    /// `nil` for silence and noise.
    package var phone: Phone?
    /// The model's phone.
    package var codebook: Int
    package var frames: Range<Int>
    /// Where its first, second and third state begin.
    var stateStarts: [Int] = []

    /// The state it is in at one of its frames.
    func state(at frame: Int) -> Int { (stateStarts.lastIndex { $0 <= frame }) ?? 0 }
}
