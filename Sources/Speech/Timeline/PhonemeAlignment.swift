/// Pairs the phonemes that were expected with those that were spoken, in order, at the least total distance.
///
/// Source: Wagner & Fischer (1974), "The String-to-String Correction Problem", JACM 21(1), doi:10.1145/321796.321811,
/// with the distances of ``Phoneme/distance(to:)``.
enum PhonemeAlignment {
    private static let costOfSkipping: Float = 0.7
    private static let costOfSkippingPause: Float = 0.3
    /// Beyond this many pairs (a text of 3,000 characters without one reported word) words share the time evenly.
    private static let mostPairs = 16_000_000

    private enum Step: UInt8 { case pair, skipExpected, skipSpoken }

    /// - Returns: For each expected phoneme its index in `spoken`, or `nil` when it was not spoken; ascending.
    static func positions(of expected: [Phoneme], in spoken: ArraySlice<Phoneme>) -> [Int?] {
        guard !expected.isEmpty, !spoken.isEmpty else { return .init(repeating: nil, count: expected.count) }
        guard expected.count * spoken.count <= mostPairs else {
            return expected.indices.map { spoken.startIndex + $0 * spoken.count / expected.count }
        }
        return positions(from: steps(expected, Array(spoken)), expected.count, spoken.count, offset: spoken.startIndex)
    }

    /// The best last step to each pair of prefixes: row by row, `spoken.count + 1` to a row.
    private static func steps(_ expected: [Phoneme], _ spoken: [Phoneme]) -> [Step] {
        let width = spoken.count + 1
        var steps = [Step](repeating: .skipSpoken, count: (expected.count + 1) * width)
        var costs = [Float](repeating: 0, count: width)
        for column in 1..<width { costs[column] = costs[column - 1] + skipping(spoken[column - 1]) }
        for (row, phoneme) in expected.enumerated() {
            var diagonal = costs[0]
            costs[0] += skipping(phoneme)
            steps[(row + 1) * width] = .skipExpected
            for column in 1..<width {
                let pair = diagonal + phoneme.distance(to: spoken[column - 1])
                let skipExpected = costs[column] + skipping(phoneme)
                let skipSpoken = costs[column - 1] + skipping(spoken[column - 1])
                diagonal = costs[column]
                costs[column] = min(pair, skipExpected, skipSpoken)
                let step: Step =
                    pair <= min(skipExpected, skipSpoken)
                    ? .pair : skipSpoken <= skipExpected ? .skipSpoken : .skipExpected
                steps[(row + 1) * width + column] = step
            }
        }
        return steps
    }

    private static func positions(from steps: [Step], _ expected: Int, _ spoken: Int, offset: Int) -> [Int?] {
        var positions = [Int?](repeating: nil, count: expected)
        var (row, column) = (expected, spoken)
        while row > 0 {
            switch steps[row * (spoken + 1) + column] {
            case .pair:
                row -= 1
                column -= 1
                positions[row] = offset + column
            case .skipExpected: row -= 1
            case .skipSpoken: column -= 1
            }
        }
        return positions
    }

    private static func skipping(_ phoneme: Phoneme) -> Float {
        phoneme == .pause ? costOfSkippingPause : costOfSkipping
    }
}
