/// How alike two different words sound, from 0 (nothing in common) to 1.
///
/// One minus the edit distance of their rough sounds over the length of the longer one. Taking one vowel for another, or
/// one of the consonants that Korean learners confuse, costs half.
enum WordLikeness {
    /// Two words at most this alike are plainly different: one was left out and the other added.
    static let plainlyDifferent = 0.6
    /// Longer words are compared for equality only, which bounds the work for any input.
    static let mostSymbols = 64

    private static let whole = 10
    private static let half = 5

    /// - Complexity: O(m · n) in the lengths of the two sounds, at most 64 each.
    static func likeness(_ first: WordSound, _ second: WordSound) -> Double {
        let (short, long) = first.symbols.count <= second.symbols.count ? (first, second) : (second, first)
        let most = long.symbols.count
        guard most <= mostSymbols, !short.symbols.isEmpty else { return 0 }
        // Each missing symbol costs a whole step, so very different lengths need no table.
        guard Double(short.symbols.count) > plainlyDifferent * Double(most) else { return 0 }
        return 1 - Double(distance(short.symbols, long.symbols)) / Double(whole * most)
    }

    private static func distance(_ first: [UInt32], _ second: [UInt32]) -> Int {
        var previous = (0...second.count).map { $0 * whole }
        var current = previous
        for (row, symbol) in first.enumerated() {
            current[0] = (row + 1) * whole
            for column in second.indices {
                let replaced = previous[column] + cost(symbol, second[column])
                current[column + 1] = min(replaced, min(previous[column + 1], current[column]) + whole)
            }
            swap(&previous, &current)
        }
        return previous[second.count]
    }

    private static func cost(_ first: UInt32, _ second: UInt32) -> Int {
        if first == second { return 0 }
        if WordSound.isVowel(first) && WordSound.isVowel(second) { return half }
        return first < 128 && second < 128 && confused[Int(first << 7 | second)] ? half : whole
    }

    /// By two ASCII symbols: pairs that Korean, which has one sound for both or lacks one, leads its speakers to confuse.
    private static let confused: [Bool] = {
        var table = [Bool](repeating: false, count: 128 * 128)
        for pair in ["rl", "pf", "bv", "fv", "sT", "dT", "tT", "zJ", "zs", "Ss", "CJ", "pb", "td", "kg", "nN"] {
            let symbols = pair.utf8.map(Int.init)
            table[symbols[0] << 7 | symbols[1]] = true
            table[symbols[1] << 7 | symbols[0]] = true
        }
        return table
    }()
}
