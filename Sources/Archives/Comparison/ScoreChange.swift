/// How one score moved, over many readings.
package struct ScoreChange: Hashable, Sendable {
    package let count: Int
    package let oldMean: Double
    package let newMean: Double
    /// The standard deviation of the changes; 0 for a single one.
    package let deviation: Double
    /// Pearson's, of old with new; `nil` where one of them does not vary.
    package let correlation: Double?
    /// New minus old, sorted.
    package let changes: [Double]

    package var mean: Double { newMean - oldMean }

    /// - Parameter pairs: Old and new scores.
    init(_ pairs: some Collection<(old: Double, new: Double)>) {
        count = pairs.count
        let share = 1 / Double(max(1, pairs.count))
        let (old, new) = pairs.reduce((0.0, 0.0)) { ($0.0 + $1.old, $0.1 + $1.new) }
        (oldMean, newMean) = (old * share, new * share)
        changes = pairs.map { $0.new - $0.old }.sorted()
        let mean = newMean - oldMean
        let squares = changes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        deviation = pairs.count > 1 ? (squares / Double(pairs.count - 1)).squareRoot() : 0
        correlation = Self.correlation(pairs, oldMean, newMean)
    }

    /// The change that this share of the readings does not exceed, interpolated.
    ///
    /// - Parameter share: 0...1.
    package func quantile(_ share: Double) -> Double {
        guard let last = changes.indices.last else { return 0 }
        let position = share * Double(last)
        let lower = Int(position)
        let upper = min(last, lower + 1)
        return changes[lower] + (changes[upper] - changes[lower]) * (position - Double(lower))
    }

    private static func correlation(
        _ pairs: some Collection<(old: Double, new: Double)>, _ oldMean: Double, _ newMean: Double
    ) -> Double? {
        var (both, old, new) = (0.0, 0.0, 0.0)
        for pair in pairs {
            both += (pair.old - oldMean) * (pair.new - newMean)
            old += (pair.old - oldMean) * (pair.old - oldMean)
            new += (pair.new - newMean) * (pair.new - newMean)
        }
        return old > 1e-9 && new > 1e-9 ? both / (old * new).squareRoot() : nil
    }
}
