/// What contractions stand for.
///
/// Where one is ambiguous every meaning is a reading: "he's" is `he is`, `he has` or a possessive. Spoken reductions
/// that a recogniser writes as heard ("gonna") are read as the words they reduce, which is what the sentence asks for.
enum Contractions {
    private static let whole: [String: [[String]]] = [
        "won't": [["will", "not"]], "can't": [["can", "not"]], "shan't": [["shall", "not"]],
        "ain't": [["is", "not"], ["am", "not"], ["are", "not"]], "cannot": [["can", "not"]],
        "let's": [["let", "us"]], "y'all": [["you", "all"]], "ma'am": [["madam"]], "'em": [["them"]],
        "gonna": [["going", "to"]], "wanna": [["want", "to"]], "gotta": [["got", "to"], ["have", "got", "to"]],
        "gimme": [["give", "me"]], "lemme": [["let", "me"]], "dunno": [["do", "not", "know"]],
        "kinda": [["kind", "of"]], "sorta": [["sort", "of"]], "hafta": [["have", "to"]], "outta": [["out", "of"]],
        "cause": [["because"]], "til": [["until"]], "till": [["until"]],
        "im": [["i", "am"]], "ive": [["i", "have"]], "dont": [["do", "not"]], "doesnt": [["does", "not"]],
        "didnt": [["did", "not"]], "isnt": [["is", "not"]], "cant": [["can", "not"]],
        "o'clock": [["oclock"]],
    ]

    private static let endings: [(suffix: String, meanings: [String])] = [
        ("n't", ["not"]), ("'m", ["am"]), ("'re", ["are"]), ("'ve", ["have"]), ("'ll", ["will"]),
        ("'d", ["would", "had"]), ("'s", ["is", "has"]),
    ]

    /// The readings of a folded word; empty when it is no contraction.
    static func readings(of folded: String) -> [[String]] {
        if let readings = whole[folded] { return readings }
        guard let ending = endings.first(where: { folded.hasSuffix($0.suffix) && folded.count > $0.suffix.count })
        else { return [] }
        let stem = String(folded.dropLast(ending.suffix.count))
        // "I'd've" is a contraction of a contraction.
        let stems = readings(of: stem).first ?? [stem.filter { $0 != "'" }]
        return ending.meanings.map { stems + [$0] }
    }
}
