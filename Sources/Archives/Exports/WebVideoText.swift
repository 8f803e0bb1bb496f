import Pronunciation
import Reports

/// A recording's words as captions, each with its score, for players in browsers.
///
/// Source: W3C, "WebVTT: The Web Video Text Tracks Format".
package enum WebVideoText {
    /// `nil` for a recording that was not scored.
    package static func text(_ result: ArchiveResult) -> String? {
        guard let assessment = result.assessment else { return nil }
        let cues = assessment.words.filter { $0.isSpoken && !$0.spanInMilliseconds.isEmpty }.map { word in
            let span = word.spanInMilliseconds
            return "\(time(span.lowerBound)) --> \(time(span.upperBound))\n"
                + "\(escaped(word.text)) (\(word.accuracyScore.plain(decimals: 0)))\n"
        }
        return "WEBVTT\n\n" + cues.joined(separator: "\n")
    }

    private static func time(_ milliseconds: Int) -> String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let seconds = milliseconds / 1000
        return "\(padded(seconds / 3600)):\(padded(seconds / 60 % 60)):"
            + (seconds % 60 < 10 ? "0" : "") + fixed(Double(milliseconds % 60_000) / 1000)
    }

    private static func escaped(_ text: String) -> String {
        TextStyle.safe(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
