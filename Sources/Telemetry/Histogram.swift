/// How often values fell below each of a few bounds.
package struct Histogram: Sendable, Hashable {
    /// Seconds that jobs take, from the shortest sentence to the longest recording.
    package static let secondsOfJobs: [Double] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]

    /// Ascending; what lies above the last has a count of its own.
    package let bounds: [Double]
    /// How many values lie in each interval, upper bound included; the last is without one.
    package private(set) var counts: [Int]
    package private(set) var sum = 0.0

    package var total: Int { counts.reduce(0, +) }

    package init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    package mutating func observe(_ value: Double) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }

    /// The series that Prometheus's text format has for a histogram: one a bound, each with all values up to it.
    package func series(_ labels: [(String, String)]) -> [MetricFamily.Series] {
        var total = 0
        var series: [MetricFamily.Series] = []
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? "\(bounds[index])" : "+Inf"
            series.append(.init(labels + [("le", bound)], Double(total), suffix: "_bucket"))
        }
        return series + [.init(labels, sum, suffix: "_sum"), .init(labels, Double(total), suffix: "_count")]
    }
}
