import Documents
import Reports

/// One row of AsyncJobStatus at length, why it failed first.
struct JobCard {
    let row: Item

    private static let first = [
        "status", "kind", "error", "failure", "attempts", "deaths", "cancelled", "student_email",
    ]
    /// Of no use to people, or in the card's head.
    private static let left: Set = ["job_id", "ttl"]

    var text: String {
        let head = Terminal.bold(Terminal.safe(row["job_id"]?.string ?? ""))
        let others = row.keys.filter { !Self.first.contains($0) && !Self.left.contains($0) }.sorted()
        let lines = (Self.first + others).compactMap { name in
            row[name].map { "  " + name.padded(to: 13) + " " + Terminal.safe($0.plainText) }
        }
        return ([head] + lines + advice).joined(separator: "\n")
    }

    private var advice: [String] {
        guard row["status"]?.string == "FAILED", row["payload"] != nil else { return [] }
        return [
            Terminal.dim(
                "  Once the reason is mended: speaktracker jobs retry \(Terminal.safe(row["job_id"]?.string ?? ""))")
        ]
    }
}
