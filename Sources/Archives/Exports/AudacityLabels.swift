import Pronunciation
import Reports

/// A recording's words as a label track that Audacity imports: start, end and label between tabs.
///
/// Source: the Audacity manual, "Importing and Exporting Labels".
package enum AudacityLabels {
    /// `nil` for a recording that was not scored.
    package static func text(_ result: ArchiveResult) -> String? {
        result.assessment.map { assessment in
            assessment.words.filter(\.isSpoken).map { word in
                let span = word.spanInMilliseconds
                let label = "\(TextStyle.safe(word.text)) \(word.accuracyScore.plain(decimals: 0))"
                return "\(fixed(Double(span.lowerBound) / 1000))\t\(fixed(Double(span.upperBound) / 1000))\t\(label)\n"
            }.joined()
        }
    }
}
