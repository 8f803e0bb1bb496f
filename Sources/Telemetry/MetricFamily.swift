/// One thing that is measured, with a series for each combination of its labels.
///
/// Names end in their unit, and in `_total` where they only grow: Prometheus, "Metric and label naming".
package struct MetricFamily: Sendable {
    package enum Kind: String, Sendable {
        /// Grows until the process ends.
        case counter
        /// May go both ways.
        case gauge
    }

    package struct Series: Sendable {
        package let labels: KeyValuePairs<String, String>
        package let value: Double

        package init(_ labels: KeyValuePairs<String, String>, _ value: Double) {
            self.labels = labels
            self.value = value
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
