import Pronunciation
import Reports

/// Words with their times as NIST's scoring tools read them: recording, channel, start, duration, word, confidence.
///
/// Recordings are named as exported files are, so that no two are one, none is a comment, and no id has a space.
///
/// Source: the SCTK manual, "ctm file format"; confidence is the word's score ÷ 100.
package enum ConversationTimeMarked {
    package static func lines(_ result: ArchiveResult) -> String {
        guard let assessment = result.assessment else { return "" }
        return assessment.words.filter(\.isSpoken).map { word in
            let start = Double(word.spanInMilliseconds.lowerBound) / 1000
            let duration = Double(word.spanInMilliseconds.count) / 1000
            return [
                recording(result.id), "1", fixed(start), fixed(duration), token(word.text),
                (word.accuracyScore / 100).plain(decimals: 4),
            ].joined(separator: " ") + "\n"
        }.joined()
    }

    static func recording(_ id: String) -> String { ExportName.file(id, ending: "") }

    /// Spaces end a field.
    private static func token(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { $0.properties.isWhitespace || $0.value < 0x21 ? "_" : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}

/// With three decimals, as programs expect times.
func fixed(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
}
