import Documents
import Reports

/// One row of PronunciationResults as a card: the sentence with its words coloured, scores as bars, what to do next.
struct ScoreCard {
    let row: Item

    var text: String {
        ([header, sentence, figures, time] + missing + feedback).joined(separator: "\n")
    }

    private var header: String {
        Terminal.bold("\(row["student_email"]?.string ?? "")  \(row["timestamp"]?.string ?? "")")
            + "  " + Terminal.bold(Terminal.style.scored("\(row["grade"]?.string ?? "?")", score("overall_score")))
    }

    /// The words as they stand in the sentence; extra ones in brackets behind a plus.
    private var sentence: String {
        let words = (row["words"]?.list ?? []).compactMap(\.map)
        return "  " + words.map(Self.word).joined(separator: " ")
    }

    private static func word(_ word: Item) -> String {
        let text = Terminal.safe(word["text"]?.string ?? "")
        return switch word["kind"]?.string {
        case "missed": Terminal.red("[\(text)]")
        case "extra": Terminal.yellow("(+\(text))")
        case "replaced": Terminal.red("\(text)→\(Terminal.safe(word["spoken"]?.string ?? "?"))")
        default: Terminal.style.scored(text, word["accuracy_score"]?.double)
        }
    }

    private var figures: String {
        "  " + Terminal.style.bar(score("overall_score")) + "  words \(plain("word_accuracy"))  completeness "
            + plain("completeness_score")
    }

    private func plain(_ name: String) -> String { score(name)?.plain(decimals: 1) ?? "–" }

    private var time: String {
        let timing = SpeechTiming(
            speakingInMilliseconds: row["speaking_duration_ms"]?.double,
            recordingInMilliseconds: row["audio_duration_ms"]?.double,
            netSpeakingDensity: row["net_speaking_density"]?.double, paceRatio: row["pace_ratio"]?.double)
        return Terminal.dim("  " + timing.text)
    }

    private var missing: [String] {
        [("missed", "missed_words"), ("extra", "extra_words")].compactMap { name, key in
            let words = (row[key]?.list ?? []).compactMap(\.string)
            return words.isEmpty ? nil : "  " + name.padded(to: 13) + Terminal.safe(words.joined(separator: ", "))
        }
    }

    private var feedback: [String] {
        (row["feedback"]?.string ?? "").split(separator: "\n").map { "  " + Terminal.safe(String($0)) }
    }

    private func score(_ name: String) -> Double? { row[name]?.double }
}
