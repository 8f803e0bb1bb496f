/// One spelling for words that British and American English spell differently.
///
/// The rules may also change a word that has no variant ("contour"); that does no harm, since both texts are changed
/// alike and no two different words become one.
enum SpellingVariants {
    /// A word in American spelling.
    static func american(_ word: String) -> String {
        if let listed = listed[word] { return listed }
        for rule in rules where word.hasSuffix(rule.british) && word.count - rule.british.count >= rule.leastStem {
            return word.dropLast(rule.british.count) + rule.american
        }
        return word
    }

    private static let rules: [(british: String, american: String, leastStem: Int)] = {
        let stems: [(String, String, Int, [String])] = [
            ("our", "or", 3, ["", "s", "ed", "ing", "ful", "ite", "ites", "able", "less", "hood", "hoods"]),
            ("is", "iz", 4, ["e", "es", "ed", "ing", "er", "ers", "ation", "ations"]),
            ("ys", "yz", 3, ["e", "es", "ed", "ing"]),
            ("tre", "ter", 2, ["", "s"]),
            ("logue", "log", 2, ["", "s"]),
        ]
        return stems.flatMap { stem in stem.3.map { (stem.0 + $0, stem.1 + $0, stem.2) } }
    }()

    /// British forms and their American ones, where a rule would also touch other words ("filled", "filed").
    private static let listed: [String: String] = {
        let pairs = """
            litre liter litres liters metre meter metres meters kilometre kilometer kilometres kilometers
            centimetre centimeter centimetres centimeters fibre fiber calibre caliber sombre somber
            defence defense offence offense licence license pretence pretense practise practice
            practised practiced practising practicing grey gray tyre tire tyres tires programme program
            programmes programs cheque check cheques checks kerb curb plough plow sceptical skeptical mould mold
            judgement judgment ageing aging skilful skillful fulfil fulfill enrol enroll cosy cozy pyjamas pajamas
            draught draft jewellery jewelry storey story yoghurt yogurt moustache mustache
            travelled traveled travelling traveling traveller traveler travellers travelers
            cancelled canceled cancelling canceling labelled labeled labelling labeling modelled modeled
            modelling modeling marvellous marvelous counsellor counselor jeweller jeweler quarrelled quarreled
            levelled leveled fuelled fueled signalled signaled woollen woolen instalment installment
            encyclopaedia encyclopedia anaesthetic anesthetic paediatric pediatric manoeuvre maneuver
            """.split(whereSeparator: \.isWhitespace).map(String.init)
        let entries = stride(from: 0, to: pairs.count, by: 2).map { (pairs[$0], pairs[$0 + 1]) }
        return Dictionary(uniqueKeysWithValues: entries)
    }()
}
