/// A word of the request, and what espeak-ng was given for it.
struct ScriptWord: Hashable, Sendable {
    /// UTF-8 offsets in the request.
    var bytes: Range<Int>
    /// The request's text there.
    var value: String
    /// Where it stands in ``SpeechScript/rendered``, in Unicode scalars.
    var rendered: Range<Int>
    /// What is said for it, to look its phonemes up; empty when the word before it says it all.
    var spoken: String
    /// Whether espeak-ng pauses after it.
    var endsClause: Bool
    /// Symbols such as `&` are spoken, but are no words and get no mark.
    var isMarked: Bool
}
