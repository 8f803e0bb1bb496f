/// The tokens of two texts by number, and what it costs to hear one for another.
struct Vocabulary {
    /// What leaving out or adding one token costs; all other costs are measured against it.
    static let skipCost: Int32 = 100
    /// The cost of a pair that is plainly different: never aligned with each other.
    static let never = UInt8.max

    /// More than any word has, in any script.
    private static let mostBytesCompared = 256

    private(set) var tokens: [String] = []
    private var numbers: [String: Int] = [:]
    /// `nil` for tokens with digits and overlong ones, which are equal or different, never alike.
    private var sounds: [WordSound?] = []
    private var rows: [Int: [UInt8]] = [:]

    /// The number of a token, new ones counted on from 0.
    mutating func number(_ token: String) -> Int {
        if let known = numbers[token] { return known }
        numbers[token] = tokens.count
        tokens.append(token)
        let isComparable = token.utf8.count <= Self.mostBytesCompared && !token.contains(where: \.isNumber)
        sounds.append(isComparable ? WordSound(of: token) : nil)
        return tokens.count - 1
    }

    func contains(_ token: String) -> Bool { numbers[token] != nil }

    /// Costs of hearing each token, by number, for the given one.
    ///
    /// 0 for itself, 20...84 for one that sounds alike, ``never`` for all others; two skips (200) are always dearer than a
    /// replacement. Rows are kept; add no tokens after the first row.
    mutating func costs(of token: Int) -> [UInt8] {
        if let row = rows[token] { return row }
        var row = tokens.indices.map { cost(token, $0) }
        row[token] = 0
        rows[token] = row
        return row
    }

    /// How alike two tokens sound, 0...1, and 1 for the same token.
    func likeness(_ first: Int, _ second: Int) -> Double {
        if first == second { return 1 }
        guard let one = sounds[first], let other = sounds[second] else { return 0 }
        return WordLikeness.likeness(one, other)
    }

    private func cost(_ first: Int, _ second: Int) -> UInt8 {
        let likeness = likeness(first, second)
        return likeness > WordLikeness.plainlyDifferent ? UInt8(20 + 160 * (1 - likeness)) : Self.never
    }
}
