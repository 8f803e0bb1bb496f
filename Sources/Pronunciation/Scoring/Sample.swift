/// Figures of which statistics are taken; each statistic of no figures is 0.
struct Sample {
    let values: [Double]

    init(_ values: some Sequence<Double>) { self.values = Array(values) }

    var count: Int { values.count }
    var mean: Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(count) }
    var minimum: Double { values.min() ?? 0 }
    var maximum: Double { values.max() ?? 0 }

    /// Of the population, not estimated from a sample.
    var deviation: Double {
        let mean = mean
        return values.isEmpty ? 0 : (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
    }

    /// Interpolated linearly between the sorted values.
    ///
    /// - Parameter share: 0 is the minimum, 1 the maximum.
    func quantile(_ share: Double) -> Double {
        guard !values.isEmpty else { return 0 }
        let sorted = values.sorted()
        let place = share * Double(sorted.count - 1)
        let lower = Int(place)
        let upper = min(lower + 1, sorted.count - 1)
        return sorted[lower] + (place - Double(lower)) * (sorted[upper] - sorted[lower])
    }

    /// The share of the values for which something holds.
    func share(_ holds: (Double) -> Bool) -> Double {
        values.isEmpty ? 0 : Double(values.count(where: holds)) / Double(count)
    }

    /// Mean absolute difference from one value to the next.
    var meanStep: Double { Sample(zip(values, values.dropFirst()).map { abs($1 - $0) }).mean }

    /// Of the straight line that fits best over places from −1 to 1.
    var slope: Double {
        guard count > 2 else { return 0 }
        let places = (0..<count).map { 2 * Double($0) / Double(count - 1) - 1 }
        let square = places.reduce(0) { $0 + $1 * $1 }
        return zip(places, values).reduce(0) { $0 + $1.0 * $1.1 } / square
    }
}
