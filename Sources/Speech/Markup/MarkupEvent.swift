/// What a document consists of, in order.
///
/// An empty element is an `open` followed by its `close`.
enum MarkupEvent: Hashable, Sendable {
    case text([ScriptScalar])
    case open(MarkupTag)
    case close(MarkupTag)
}
