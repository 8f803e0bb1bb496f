internal import JSON

/// A moment in the audio and what is said from there, in the format of Polly's speech marks
/// (docs.aws.amazon.com/polly/latest/dg/output.html).
package struct SpeechMark: Hashable, Sendable {
    /// The raw values are Polly's; `ssml` is a `<mark>` of the request.
    package enum Kind: String, Hashable, Sendable { case sentence, word, ssml }

    /// From the beginning of the audio.
    package var timeInMilliseconds: Int
    package var kind: Kind
    /// UTF-8 offsets in the text of the request, tags included.
    package var byteRange: Range<Int>
    /// The text in that range; for `ssml` the name of the mark.
    package var value: String

    package init(timeInMilliseconds: Int, kind: Kind, byteRange: Range<Int>, value: String) {
        self.timeInMilliseconds = timeInMilliseconds
        self.kind = kind
        self.byteRange = byteRange
        self.value = value
    }

    /// One line of JSON, its members in Polly's order.
    package var line: String {
        let value = JSONValue.string(value).text
        let place = "\"start\":\(byteRange.lowerBound),\"end\":\(byteRange.upperBound)"
        return "{\"time\":\(timeInMilliseconds),\"type\":\"\(kind.rawValue)\",\(place),\"value\":\(value)}"
    }
}
