/// How the text of a request is written; the raw values are Polly's.
package enum TextType: String, Hashable, Sendable, CaseIterable {
    case text, ssml
}
