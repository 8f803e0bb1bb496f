import Documents
import Reports

/// One row of DailyStatistics as a card.
struct DayCard {
    let row: Item

    var text: String {
        let head = Terminal.bold("\(row["student_email"]?.string ?? "")  \(row["date"]?.string ?? "")")
        return ([head] + lines.map { "  " + $0.0.padded(to: 22) + $0.1 }).joined(separator: "\n")
    }

    private var lines: [(String, String)] {
        [
            ("sessions", count("sessions_count")), ("sentences practised", count("practice_count")),
            ("conversation turns", count("chat_turns_count")),
            ("recorded", seconds("total_recording_time")), ("spoken", seconds("total_speaking_time")),
            ("speaking density", mean("avg_net_speaking_density", scale: 100, unit: " %")),
            ("pace ratio", mean("avg_pace_ratio", scale: 1, unit: "×")),
            ("response latency", mean("avg_response_latency", scale: 1, unit: " ms")),
            ("response quality", mean("avg_response_quality", scale: 1, unit: " of 100")),
        ]
    }

    private func count(_ name: String) -> String { row[name]?.plainText ?? "0" }

    private func seconds(_ name: String) -> String {
        row[name]?.double.map { "\(($0 / 1000).plain(decimals: 1)) s" } ?? "–"
    }

    private func mean(_ name: String, scale: Double, unit: String) -> String {
        row[name]?.double.map { ($0 * scale).plain(decimals: 2) + unit } ?? "–"
    }
}
