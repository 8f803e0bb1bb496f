import Documents
import JSON
import SpeakModel

/// Rows of AsyncJobStatus, for people or for programs.
struct JobListing {
    let rows: [Item]

    func print(asJSON: Bool) {
        if asJSON {
            for row in rows { Swift.print(row.plainJSON.text) }
        } else if rows.isEmpty {
            Swift.print("No jobs.")
        } else {
            var table = TextTable(columns: ["JOB", "KIND", "STATUS", "TRIED", "RESULT"])
            for row in rows { table.add(Self.cells(of: row)) }
            Swift.print(table.text)
        }
    }

    private static func cells(of row: Item) -> [String] {
        [
            row["job_id"]?.string ?? "", row["kind"]?.string ?? "–", row["status"]?.string ?? "–",
            row["attempts"]?.number.map { "\($0)×" } ?? "–", result(of: row),
        ]
    }

    /// Figures that fit a line, under names that do.
    private static let columns = [
        ("grade", "grade"), ("overall_score", "overall"), ("response_quality", "quality"),
        ("response_latency_ms", "latency ms"), ("net_speaking_density", "density"), ("pace_ratio", "pace"),
        ("students", "students"),
    ]

    private static func result(of row: Item) -> String {
        if let error = row["error"]?.string { return error }
        let figures = row["result"]?.map ?? [:]
        if let seconds = figures["durationMs"]?.plainSeconds { return "\(seconds) s of audio" }
        return Self.columns.compactMap { name, label in
            figures[name].map { "\(label) \($0.plainText)" }
        }.joined(separator: ", ")
    }
}
