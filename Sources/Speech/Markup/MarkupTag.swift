/// A tag as it is written.
struct MarkupTag: Hashable, Sendable {
    var name: String
    var attributes: [String: String]
    /// UTF-8 offsets in the request, from `<` to after `>`.
    var bytes: Range<Int>
}
