/// A period that a frame may have.
struct PitchCandidate: Hashable {
    let pitchInHz: Double
    /// The normalised difference at its minimum: 0 repeats exactly, 1 and more does not repeat.
    let difference: Double
}

extension PitchDifference {
    /// Candidates beyond these are never the right one.
    static let mostCandidates = 8

    /// The minima between two lags, best first.
    ///
    /// A parabola through the raw difference refines the lag (the normalised one is skewed by its own mean), and one
    /// through the normalised difference its depth.
    ///
    /// - Parameters:
    ///   - shortestLag: At least 1.
    ///   - rateInHz: Samples per second.
    ///   - ceiling: Shallower minima are left out.
    func candidates(shortestLag: Int, rateInHz: Double, below ceiling: Float) -> [PitchCandidate] {
        var found: [PitchCandidate] = []
        for lag in max(1, shortestLag)..<longestLag where normalised[lag] < ceiling {
            guard normalised[lag] <= normalised[lag - 1], normalised[lag] < normalised[lag + 1] else { continue }
            let shift = Self.vertex(raw[lag - 1], raw[lag], raw[lag + 1]).shift
            let depth = Self.vertex(normalised[lag - 1], normalised[lag], normalised[lag + 1]).value
            found.append(
                PitchCandidate(pitchInHz: rateInHz / (Double(lag) + shift), difference: max(0, Double(depth))))
        }
        return Array(found.sorted { $0.difference < $1.difference }.prefix(Self.mostCandidates))
    }

    /// The lowest point of the parabola through three neighbours: at most one lag from the middle one.
    private static func vertex(_ before: Float, _ middle: Float, _ after: Float) -> (shift: Double, value: Float) {
        let bend = before - 2 * middle + after
        guard bend > 0 else { return (0, middle) }
        let shift = min(1, max(-1, (before - after) / (2 * bend)))
        return (Double(shift), middle - (before - after) * shift / 4)
    }
}
