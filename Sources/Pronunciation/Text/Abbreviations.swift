/// Abbreviations, signs and initials as they are read aloud.
enum Abbreviations {
    /// Signs that are words when they stand alone.
    static let signs = ["&": "and", "+": "plus", "=": "equals", "@": "at", "%": "percent"]

    /// Keys are without full stops.
    ///
    /// An ambiguous one has several readings: "St" is a street or a saint.
    private static let table: [String: [String]] = [
        "mr": ["mister"], "mrs": ["missus", "misses"], "ms": ["miz", "miss"], "dr": ["doctor", "drive"],
        "prof": ["professor"], "st": ["street", "saint"], "ave": ["avenue"], "rd": ["road"], "mt": ["mount"],
        "jr": ["junior"], "sr": ["senior"], "vs": ["versus"], "etc": ["et cetera"], "eg": ["for example"],
        "ie": ["that is"], "approx": ["approximately"], "dept": ["department"], "asap": ["as soon as possible"],
        "jan": ["january"], "feb": ["february"], "aug": ["august"], "sept": ["september"], "oct": ["october"],
        "nov": ["november"], "dec": ["december"], "ok": ["okay"], "percent": ["per cent"],
    ]

    /// The readings of a folded word, or `nil` when it is neither an abbreviation nor initials ("U.S.A.", "p.m.").
    static func readings(of folded: String) -> [[String]]? {
        let letters = folded.filter { $0 != "." }
        if let readings = table[letters] { return readings.map { $0.split(separator: " ").map(String.init) } }
        let initials = folded.split(separator: ".")
        guard (2...8).contains(initials.count), initials.allSatisfy({ $0.count == 1 }) else { return nil }
        return [initials.map(String.init)]
    }
}
