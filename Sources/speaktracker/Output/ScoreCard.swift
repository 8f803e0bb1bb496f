import Documents

/// One row of PronunciationResults as a card: the sentence with its words coloured, scores as bars, what to do next.
struct ScoreCard {
    let row: Item

    var text: String {
        ([header, sentence, figures, time] + missing + feedback).joined(separator: "\n")
    }

    private var header: String {
        Terminal.bold("\(row["student_email"]?.string ?? "")  \(row["timestamp"]?.string ?? "")")
            + "  " + Terminal.bold(Self.coloured("\(row["grade"]?.string ?? "?")", score("overall_score")))
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
        default: coloured(text, word["accuracy_score"]?.double)
        }
    }

    private var figures: String {
        "  " + Self.bar(score("overall_score")) + "  words \(plain("word_accuracy"))  completeness "
            + plain("completeness_score")
    }

    private func plain(_ name: String) -> String { score(name)?.plain(decimals: 1) ?? "–" }

    private var time: String {
        let seconds = { (key: String) in row[key]?.plainSeconds ?? "–" }
        let pace = row["pace_ratio"]?.double.map { "\($0.plain(decimals: 2))× the model's pace" } ?? "pace unknown"
        let density = row["net_speaking_density"]?.double.map { "\(($0 * 100).plain(decimals: 0)) % speech" } ?? "–"
        return Terminal.dim(
            "  \(seconds("speaking_duration_ms")) s spoken in \(seconds("audio_duration_ms")) s, \(density), \(pace)")
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

    private static func bar(_ score: Double?) -> String {
        guard let score else { return "–" }
        let filled = Int((score / 5).rounded())
        return coloured(String(repeating: "█", count: filled), score)
            + Terminal.dim(String(repeating: "░", count: 20 - filled)) + " \(score.plain(decimals: 1))"
    }

    private static func coloured(_ text: String, _ score: Double?) -> String {
        switch score {
        case .some(80...): Terminal.green(text)
        case .some(60..<80): Terminal.yellow(text)
        case .some: Terminal.red(text)
        case nil: text
        }
    }
}
