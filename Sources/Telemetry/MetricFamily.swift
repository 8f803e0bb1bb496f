/// One thing that is measured, with a series for each combination of its labels.
///
/// Names end in their unit, and in `_total` where they only grow: Prometheus, "Metric and label naming".
package struct MetricFamily: Sendable {
    package enum Kind: String, Sendable {
        /// Grows until the process ends.
        case counter
        /// May go both ways.
        case gauge
        /// The series of ``Histogram/series(_:)``.
        case histogram
    }

    package struct Series: Sendable {
        package let labels: [(String, String)]
        package let value: Double
        /// What the family's name ends in for this series.
        package let suffix: String

        package init(_ labels: KeyValuePairs<String, String>, _ value: Double) {
            self.init(labels.map { ($0, $1) }, value)
        }

        package init(_ labels: [(String, String)], _ value: Double, suffix: String = "") {
            self.labels = labels
            self.value = value
            self.suffix = suffix
        }
    }

    package let name: String
    package let kind: Kind
    package let help: String
    package let series: [Series]

    package init(_ name: String, _ kind: Kind, help: String, _ series: [Series]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.series = series
    }
}
