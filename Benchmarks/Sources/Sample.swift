import Foundation

/// The runs of one measurement.
struct Sample {
    private let sorted: [Double]

    init(_ values: [Double]) {
        precondition(!values.isEmpty, "A sample has at least one run.")
        sorted = values.sorted()
    }

    var minimum: Double { sorted[0] }
    var maximum: Double { sorted[sorted.count - 1] }

    var median: Double {
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// `median (minimum–maximum)`.
    func text(decimals: Int = 0) -> String {
        "\(grouped(median, decimals)) (\(grouped(minimum, decimals))–\(grouped(maximum, decimals)))"
    }
}

/// A number with commas between the thousands.
func grouped(_ number: Double, _ decimals: Int = 0) -> String {
    let plain = String(format: "%.\(decimals)f", number)
    let parts = plain.split(separator: ".", maxSplits: 1)
    var whole = ""
    for (index, digit) in parts[0].reversed().enumerated() {
        if index > 0, index.isMultiple(of: 3), digit != "-" { whole.append(",") }
        whole.append(digit)
    }
    return String(whole.reversed()) + (parts.count > 1 ? "." + parts[1] : "")
}
